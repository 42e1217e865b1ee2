package finitewidth.runtime;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.ToLongFunction;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.reflect.ClassTag;

/**
 * What moves values between driver and tasks, or between tasks: all of it goes through Spark's data
 * serializer, and so in a {@link Parcel}. What only maps or filters is Spark's own business.
 */
public final class Parcels {
  /** The settings of Kryo, where a session is ours to set them. */
  private static final String REGISTERED = "spark.kryo.classesToRegister";

  /** Spark's own k-means forgets it. */
  private static final String CLUSTERS = "[Lorg.apache.spark.mllib.clustering.VectorWithNorm;";

  private static final String BUFFER = "spark.kryoserializer.buffer.max";

  /** The most that Kryo takes. A buffer only grows as far as it must. */
  private static final String LARGEST_BUFFER = "2047m";

  private Parcels() {}

  /**
   * What a session needs so that parcels pass where Spark's serializer is Kryo; without effect
   * where it is not.
   *
   * @param conf what the user has set
   */
  public static Map<String, String> settings(SparkConf conf) {
    String theirs = conf.get(REGISTERED, "");
    String ours = Parcel.class.getName() + "," + CLUSTERS;
    return Map.of(
        REGISTERED,
        theirs.isBlank() ? ours : theirs + "," + ours,
        BUFFER,
        conf.get(BUFFER, LARGEST_BUFFER));
  }

  /**
   * Sees whether parcels pass, before anything is computed.
   *
   * @throws IllegalStateException saying what to set, if this Spark's serializer takes none
   */
  public static void check() {
    try {
      SparkEnv.get()
          .serializer()
          .newInstance()
          .serialize(Parcel.of(""), ClassTag.<Parcel<String>>apply(Parcel.class));
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          """
          the serializer of this Spark takes no values of finite-width: %s; where \
          spark.kryo.registrationRequired is set, %s must have %s when Spark is started\
          """
              .formatted(
                  String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip(),
                  REGISTERED,
                  Parcel.class.getName()),
          e);
    }
  }

  /** A number of a row. */
  @FunctionalInterface
  public interface Number<T> extends ToLongFunction<T>, Serializable {}

  /** Takes one more value into a sum, which it may change. */
  @FunctionalInterface
  public interface Add<S, T> extends Serializable {
    S add(S sum, T value);
  }

  /** Adds two sums, either of which it may change. */
  @FunctionalInterface
  public interface Merge<S> extends BinaryOperator<S>, Serializable {}

  /** Values of the driver, spread over tasks. */
  public static <T> JavaRDD<T> parallelize(JavaSparkContext spark, List<T> values, int tasks) {
    List<Parcel<T>> parcels = new ArrayList<>(values.size());
    values.forEach(value -> parcels.add(Parcel.of(value)));
    return spark.parallelize(parcels, tasks).map(Parcel::value);
  }

  /** All values on the driver, in their order. */
  public static <T> List<T> collect(JavaRDD<T> values) {
    List<T> all = new ArrayList<>();
    values
        .mapPartitions(partition -> List.of(Parcel.of(list(partition))).iterator())
        .collect()
        .forEach(parcel -> all.addAll(parcel.value()));
    return all;
  }

  private static <T> ArrayList<T> list(Iterator<T> values) {
    ArrayList<T> list = new ArrayList<>();
    values.forEachRemaining(list::add);
    return list;
  }

  /** The first value, if there is one. */
  public static <T> Optional<T> first(JavaRDD<T> values) {
    return take(values, 1).stream().findFirst();
  }

  /** The first so many values, or all. */
  public static <T> List<T> take(JavaRDD<T> values, int most) {
    return values.map(Parcel::of).take(most).stream().map(Parcel::value).toList();
  }

  /** Sorts over all partitions by a number. */
  public static <T> JavaRDD<T> sortBy(JavaRDD<T> rows, Number<T> number, int partitions) {
    JavaRDD<Parcel<T>> parcels = rows.map(Parcel::of);
    return parcels
        .sortBy(parcel -> number.applyAsLong(parcel.value()), true, partitions)
        .map(Parcel::value);
  }

  /** Sorts over all partitions by the values' own order. */
  public static <T extends Comparable<T>> JavaRDD<T> sorted(JavaRDD<T> rows, int partitions) {
    JavaRDD<Parcel<T>> parcels = rows.map(Parcel::of);
    return parcels.sortBy(parcel -> parcel, true, partitions).map(Parcel::value);
  }

  /**
   * A sum of all values, over a tree of partitions, in any order.
   *
   * @param nothing the sum of no values
   */
  public static <S, T> S aggregate(JavaRDD<T> values, S nothing, Add<S, T> add, Merge<S> merge) {
    if (values.getNumPartitions() == 0) {
      return nothing;
    }
    // Every task has a copy of its own of what is summed up into.
    return reduce(
        values.mapPartitions(
            partition -> {
              S sum = nothing;
              while (partition.hasNext()) {
                sum = add.add(sum, partition.next());
              }
              return List.of(sum).iterator();
            }),
        merge);
  }

  /** A sum of sums, of which there is at least one, over a tree of partitions, in any order. */
  public static <S> S reduce(JavaRDD<S> sums, Merge<S> merge) {
    return sums.map(Parcel::of)
        .treeReduce((a, b) -> Parcel.of(merge.apply(a.value(), b.value())))
        .value();
  }

  /** A sum for each key, in any order. */
  public static <S> Map<Integer, S> reduceByKey(JavaPairRDD<Integer, S> sums, Merge<S> merge) {
    Map<Integer, S> all = new TreeMap<>();
    sums.mapValues(Parcel::of)
        .reduceByKey((a, b) -> Parcel.of(merge.apply(a.value(), b.value())))
        .collect()
        .forEach(sum -> all.put(sum._1(), sum._2().value()));
    return all;
  }
}
