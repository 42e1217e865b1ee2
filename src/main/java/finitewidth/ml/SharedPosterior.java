package finitewidth.ml;

import finitewidth.inference.Posterior;
import finitewidth.inference.work.Shared;
import finitewidth.runtime.Parcels;
import finitewidth.runtime.SharedParcel;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * A posterior that goes out to the executors once for a model and all its copies. Spark cleans the
 * broadcast up when the last of them is gone.
 */
final class SharedPosterior implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Posterior posterior;

  /** Made when first needed, and again for another Spark. */
  private transient @Nullable SparkContext context;

  private transient @Nullable Shared<Posterior> broadcast;

  SharedPosterior(Posterior posterior) {
    this.posterior = posterior;
  }

  synchronized Shared<Posterior> broadcast(SparkContext spark) {
    Parcels.check();
    if (broadcast == null || !spark.equals(context)) {
      broadcast = SharedParcel.of(JavaSparkContext.fromSparkContext(spark), posterior);
      context = spark;
    }
    return broadcast;
  }
}
