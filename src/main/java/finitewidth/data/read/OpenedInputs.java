package finitewidth.data.read;

import finitewidth.data.DataShape;
import finitewidth.data.TrainingSet;
import finitewidth.data.table.ChosenRows;
import java.util.List;

/**
 * Rows without targets that have been checked and counted; nothing of them is on the driver yet.
 */
public final class OpenedInputs {
  private final ChosenRows chosen;

  OpenedInputs(ChosenRows chosen) {
    this.chosen = chosen;
  }

  /** How many there are. */
  public DataShape shape() {
    return new DataShape(chosen.count(), 0, chosen.table().features().size(), 0);
  }

  /** What the user should know of the files. */
  public List<String> warnings() {
    return chosen.warnings();
  }

  /** The rows on the driver. */
  public TrainingSet onDriver() {
    return chosen.collectInputs();
  }
}
