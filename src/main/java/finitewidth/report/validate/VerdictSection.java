package finitewidth.report.validate;

import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import finitewidth.report.summary.Validation;
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
    Table.Builder table =
        Table.of("Width", "Verdict", "Effective draws", "Log evidence, exact", "Corrected", "NNGP");
    for (Validation.AtWidth at : validation.widths()) {
      table.row(
          at.width(),
          at.verdict().replace('-', ' '),
          Math.rint(at.effectiveSampleSize()),
          at.logEvidence().exact(),
          at.logEvidence().corrected(),
          at.logEvidence().nngp());
    }
    return Section.of("verdict", "Verdict", words, table.table());
  }

  /** Widths as a list. */
  static String widths(List<Validation.AtWidth> widths) {
    return widths.stream().map(w -> Integer.toString(w.width())).collect(Collectors.joining(", "));
  }
}
