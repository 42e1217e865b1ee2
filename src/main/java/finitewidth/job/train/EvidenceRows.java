package finitewidth.job.train;

import finitewidth.data.TrainingSet;
import finitewidth.data.scale.Preprocessing;
import finitewidth.data.table.RowChoice;
import finitewidth.evidence.EvidenceFit;
import finitewidth.evidence.EvidenceSettings;
import finitewidth.evidence.FittedHyperparameters;
import finitewidth.evidence.Hyperparameters;
import finitewidth.evidence.ProjectedRows;
import finitewidth.job.config.EvidenceConfig;
import finitewidth.linalg.Matrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The training rows that a prior is fitted to, wherever they are. */
interface EvidenceRows {

  /** How many there are. */
  long count();

  /** The prior of the highest log evidence of these rows. */
  FittedHyperparameters fit(Hyperparameters given, EvidenceSettings settings);

  /** Rows on the driver: all, or as many of a random order as are allowed. */
  static EvidenceRows of(
      TrainingSet training, Preprocessing preprocessing, EvidenceConfig evidence) {
    int[] rows = chosen(training.rows(), evidence);
    Matrix inputs = select(preprocessing.design(training), rows);
    Matrix targets = select(preprocessing.targets(training), rows);
    return new EvidenceRows() {
      @Override
      public long count() {
        return inputs.rows();
      }

      @Override
      public FittedHyperparameters fit(Hyperparameters given, EvidenceSettings settings) {
        return EvidenceFit.of(given, inputs, targets, settings);
      }
    };
  }

  /** All rows where they are, as inducing points see them. */
  static EvidenceRows of(ProjectedRows projected) {
    return new EvidenceRows() {
      @Override
      public long count() {
        return projected.passes().rows();
      }

      @Override
      public FittedHyperparameters fit(Hyperparameters given, EvidenceSettings settings) {
        return EvidenceFit.of(given, projected, settings);
      }
    };
  }

  /** In the order in which they stand in the file. */
  private static int[] chosen(int count, EvidenceConfig evidence) {
    if (count <= evidence.rows().orElse(count)) {
      return IntStream.range(0, count).toArray();
    }
    return Arrays.stream(RowChoice.order(count, evidence.settings().seed()))
        .limit(evidence.rows().getAsInt())
        .sorted()
        .toArray();
  }

  private static Matrix select(Matrix matrix, int[] rows) {
    return Matrix.copyOf(Arrays.stream(rows).mapToObj(matrix::row).toArray(double[][]::new));
  }
}
