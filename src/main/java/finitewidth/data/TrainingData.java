package finitewidth.data;

/** Training rows as far as scalers need them: on the driver, or wherever they are. */
public interface TrainingData {

  TrainingSchema schema();

  /** How many rows there are. */
  long count();

  /** Of the features, not yet scaled. */
  ColumnMoments featureMoments();

  /** Of the targets in their own units, or of the classes' codes. */
  ColumnMoments targetMoments();
}
