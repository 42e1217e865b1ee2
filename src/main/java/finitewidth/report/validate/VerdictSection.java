package finitewidth.report.validate;

import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import finitewidth.report.summary.Validation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a validation says, in words and by width. */
final class VerdictSection {
  private VerdictSection() {}

  static Section of(Validation validation) {
    List<String> words =
        Arrays.stream(validation.verdict().split("; "))
            .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1) + ".")
            .toList();
    List<String> columns =
        new ArrayList<>(List.of("Width", "Verdict", "Effective draws", "Log evidence, exact"));
    if (validation.corrects()) {
      columns.add("Corrected");
    }
    columns.add("NNGP");
    Table.Builder table = new Table.Builder(columns);
    for (Validation.AtWidth at : validation.widths()) {
      List<Object> cells = new ArrayList<>();
      cells.add(at.width());
      cells.add(at.verdict().replace('-', ' '));
      cells.add(Math.rint(at.effectiveSampleSize()));
      cells.add(at.logEvidence().exact());
      if (validation.corrects()) {
        cells.add(at.logEvidence().corrected());
      }
      cells.add(at.logEvidence().nngp());
      table.row(cells.toArray());
    }
    return Section.of("verdict", "Verdict", words, table.table());
  }

  /** Widths as a list. */
  static String widths(List<Validation.AtWidth> widths) {
    return widths.stream().map(w -> Integer.toString(w.width())).collect(Collectors.joining(", "));
  }
}
