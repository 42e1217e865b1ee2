package finitewidth.runtime;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/** Rows that are computed once and stay in memory or on disk until they are let go. */
public final class HeldRows<T> {
  private final JavaRDD<Parcel<T>> parcels;

  private HeldRows(JavaRDD<Parcel<T>> parcels) {
    this.parcels = parcels;
  }

  /**
   * Rows that will be held as soon as they are computed.
   *
   * @param name for Spark's list of what it stores
   */
  public static <T> HeldRows<T> of(JavaRDD<T> rows, String name) {
    return of(rows, name, StorageLevel.MEMORY_AND_DISK());
  }

  /** The same where memory is left to others. */
  public static <T> HeldRows<T> onDisk(JavaRDD<T> rows, String name) {
    return of(rows, name, StorageLevel.DISK_ONLY());
  }

  private static <T> HeldRows<T> of(JavaRDD<T> rows, String name, StorageLevel level) {
    JavaRDD<Parcel<T>> parcels = rows.map(Parcel::of);
    return new HeldRows<>(parcels.setName(name).persist(level));
  }

  public JavaRDD<T> rows() {
    return parcels.map(Parcel::value);
  }

  /** Lets them go. */
  public void release() {
    parcels.unpersist();
  }
}
