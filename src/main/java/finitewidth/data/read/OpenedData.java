package finitewidth.data.read;

import finitewidth.data.Classes;
import finitewidth.data.DataShape;
import finitewidth.data.FitData;
import finitewidth.data.ManyFitData;
import finitewidth.data.ManyRows;
import finitewidth.data.TestSet;
import finitewidth.data.table.ChosenRows;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Training and test rows that have been checked and counted; nothing of them is on the driver yet.
 */
public final class OpenedData {
  private final ChosenRows chosen;
  private final ManyRows training;
  private final TestSet test;

  OpenedData(ChosenRows chosen, TestSet test) {
    this.chosen = chosen;
    this.test = test;
    training = chosen.distributed();
    test.requireClasses(training.schema().classes());
  }

  /** How much there is. */
  public DataShape shape() {
    return new DataShape(
        training.count(), test.count(), training.schema().features(), training.schema().outputs());
  }

  /** The training rows on the driver, and the test rows where they are. */
  public FitData onDriver() {
    return new FitData(chosen.collect(), test);
  }

  /** What the user should know of the files. */
  public List<String> warnings() {
    return Stream.of(
            chosen.warnings().stream(),
            training.schema().classes().flatMap(Classes::alike).stream(),
            test.warnings().stream())
        .flatMap(Function.identity())
        .distinct()
        .toList();
  }

  /** All rows where they are. */
  public ManyFitData distributed() {
    return new ManyFitData(training, test);
  }
}
