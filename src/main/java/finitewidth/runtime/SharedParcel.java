package finitewidth.runtime;

import finitewidth.inference.work.Shared;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** A broadcast value, whatever serializer Spark has for it. */
public final class SharedParcel<T> implements Shared<T> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Parcel<T>> parcel;

  private SharedParcel(Broadcast<Parcel<T>> parcel) {
    this.parcel = parcel;
  }

  /** Sends a value to the executors, once, as they ask for it. */
  public static <T> Shared<T> of(JavaSparkContext spark, T value) {
    return new SharedParcel<>(spark.broadcast(Parcel.of(value)));
  }

  @Override
  public T value() {
    return parcel.value().value();
  }

  @Override
  public void close() {
    parcel.destroy();
  }
}
