package finitewidth.report.validate;

import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import finitewidth.report.summary.Validation;
import java.util.List;

/** Whether the chains of the exact posterior agree. */
final class ConvergenceSection {
  private ConvergenceSection() {}

  /** Whether the exact posterior is that of chains. */
  static boolean isBy(Validation validation) {
    return validation.widths().stream().anyMatch(at -> at.convergence().isPresent());
  }

  static Section of(Validation validation) {
    Table.Builder table =
        Table.of(
            "Width",
            "Chains",
            "Iterations of each",
            "Stopped by",
            "Largest R-hat",
            "Fewest effective draws",
            "Converged",
            "What failed");
    for (Validation.AtWidth at : validation.widths()) {
      at.convergence()
          .ifPresent(
              chains ->
                  table.row(
                      at.width(),
                      chains.chains(),
                      chains.iterations(),
                      chains.stoppedBy(),
                      chains.rHat(),
                      Math.rint(at.effectiveSampleSize()),
                      chains.converged(),
                      String.join("; ", chains.failures())));
    }
    return Section.of(
        "convergence",
        "Chains of the exact posterior",
        List.of(
            "The exact posterior is that of Markov chains over the weights of finite networks,"
                + " each of which knows nothing of the others. Errors are those between chains."
                + " Where a test of their states fails, no verdict is given; where one of the log"
                + " evidence fails, its error covers half of what its bounds leave open."),
        table.table());
  }
}
