package finitewidth.runtime;

import java.io.Serializable;
import java.util.Iterator;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Runs one task per partition and hands each result to the driver as it comes, so that the driver
 * never holds all of them (collect would).
 */
final class PartitionJob {
  private PartitionJob() {}

  /** What a task makes of its partition. */
  @FunctionalInterface
  interface Task<T, U> extends Serializable {
    U apply(Iterator<T> partition);
  }

  static <T, U> void run(JavaRDD<T> rdd, Task<T, U> task, Consumer<U> whenDone) {
    rdd.rdd()
        .sparkContext()
        .runJob(
            rdd.rdd(),
            new PartitionFunction<T, U>(task),
            new AbstractFunction2<Object, Parcel<U>, BoxedUnit>() {
              @Override
              public BoxedUnit apply(Object partition, Parcel<U> done) {
                whenDone.accept(done.value());
                return BoxedUnit.UNIT;
              }
            },
            ClassTag.<Parcel<U>>apply(Parcel.class));
  }

  private static final class PartitionFunction<T, U>
      extends AbstractFunction1<scala.collection.Iterator<T>, Parcel<U>> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Task<T, U> task;

    PartitionFunction(Task<T, U> task) {
      this.task = task;
    }

    @Override
    public Parcel<U> apply(scala.collection.Iterator<T> partition) {
      return Parcel.of(task.apply(CollectionConverters.asJava(partition)));
    }
  }
}
