package finitewidth.job.cli;

import finitewidth.job.config.Verb;
import finitewidth.settings.Key;
import java.util.ArrayList;
import java.util.List;

/** The part of {@code --help} that lists verbs, keys and exit codes. */
public final class Help {
  private Help() {}

  public static String[] footer() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Verbs");
    for (Verb verb : Verb.values()) {
      lines.add(String.format("  %-10s %s", verb, verb.does()));
    }
    lines.add("");
    lines.add("Configuration keys [defaults]");
    for (Key key : Key.values()) {
      String standard = key.standard().isEmpty() ? "" : " [" + key.standard() + "]";
      String name = key.path();
      for (String part : wrapped(key.meaning() + "; " + key.accepted() + standard)) {
        lines.add(String.format("  %-26s %s", name, part));
        name = "";
      }
    }
    lines.add("");
    lines.add("Exit codes");
    for (ExitCode code : ExitCode.values()) {
      lines.add(String.format("  %d  %s", code.code(), code.meaning()));
    }
    // picocli formats these lines once more.
    return lines.stream().map(line -> line.replace("%", "%%")).toArray(String[]::new);
  }

  private static List<String> wrapped(String text) {
    return text.replaceAll("(.{1,80})( |$)", "$1\n").lines().toList();
  }
}
