package finitewidth.runtime;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * Takes a value past Spark's data serializer, whichever a cluster has configured. With Java's it is
 * a mere box; for Kryo the value is a Java stream. Kryo on its own writes fields, and neither a
 * record nor an immutable collection can be read back from these.
 *
 * <p>Whatever Spark may write goes in one: {@link Parcels}, {@link
 * finitewidth.inference.work.Shared} and {@link HeldRows} see to that. It is the one class of ours
 * that Kryo meets, and the one to register where {@code spark.kryo.registrationRequired} is set.
 */
@DefaultSerializer(JavaSerializer.class)
public final class Parcel<T> implements Serializable, Comparable<Parcel<T>> {
  private static final long serialVersionUID = 1L;

  // Erased, it is an Object, which need not be serialisable; what is put in is.
  @SuppressWarnings("serial")
  private final T value;

  private Parcel(T value) {
    this.value = value;
  }

  static <T> Parcel<T> of(T value) {
    return new Parcel<>(value);
  }

  T value() {
    return value;
  }

  /** The order of the values, which must have one. */
  @Override
  @SuppressWarnings("unchecked")
  public int compareTo(Parcel<T> other) {
    return ((Comparable<T>) value).compareTo(other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Parcel<?> that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }
}
