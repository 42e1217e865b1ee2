package finitewidth.runtime;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** A broadcast value, whatever serializer Spark has for it. */
public final class Shared<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Parcel<T>> parcel;

  private Shared(Broadcast<Parcel<T>> parcel) {
    this.parcel = parcel;
  }

  /** Sends a value to the executors, once, as they ask for it. */
  public static <T> Shared<T> of(JavaSparkContext spark, T value) {
    return new Shared<>(spark.broadcast(Parcel.of(value)));
  }

  public T value() {
    return parcel.value().value();
  }

  /** Takes it from driver and executors; it cannot be used any more. */
  public void destroy() {
    parcel.destroy();
  }
}
