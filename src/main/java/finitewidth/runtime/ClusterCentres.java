package finitewidth.runtime;

import finitewidth.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.clustering.KMeans;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;

/**
 * Inducing points as centres of clusters of the inputs: k-means with the start k-means‖ (Bahmani et
 * al., PVLDB 5 (2012) 622), by spark.mllib.
 *
 * <p>It runs in one task: spark.mllib adds up partitions in the order in which they come, and the
 * result would depend on it.
 */
public final class ClusterCentres {
  private static final int ITERATIONS = 20;

  private ClusterCentres() {}

  /**
   * Up to {@code most} centres; fewer where the sample has fewer distinct rows.
   *
   * @param sample n × n_0, preprocessed
   */
  public static Matrix of(JavaSparkContext spark, Matrix sample, int most, long seed) {
    List<Vector> rows = new ArrayList<>(sample.rows());
    for (int x = 0; x < sample.rows(); x++) {
      rows.add(Vectors.dense(sample.row(x)));
    }
    JavaRDD<Vector> one = spark.parallelize(rows, 1).cache();
    try (JobNames names = JobNames.of(spark, "clusters of training rows")) {
      return Matrix.copyOf(
          Arrays.stream(
                  new KMeans()
                      .setK(most)
                      .setMaxIterations(ITERATIONS)
                      .setInitializationMode(KMeans.K_MEANS_PARALLEL())
                      .setSeed(seed)
                      .run(one.rdd())
                      .clusterCenters())
              .map(Vector::toArray)
              .toArray(double[][]::new));
    } finally {
      one.unpersist();
    }
  }
}
