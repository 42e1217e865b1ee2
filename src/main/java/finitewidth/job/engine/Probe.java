package finitewidth.job.engine;

import finitewidth.data.DataRow;
import finitewidth.job.train.TestRows;
import finitewidth.runtime.JobNames;
import finitewidth.runtime.Parcels;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Test rows that an engine looks at: every so manieth, so that they are like the whole.
 *
 * @param all rows, in no order where none is looked at
 * @param groups of which the first is looked at; 0 for none of the rows
 * @param members the first group, on the driver
 */
record Probe(JavaRDD<DataRow> all, int groups, List<DataRow> members) {

  /**
   * As many as the engine makes use of.
   *
   * @param most 0 where it looks at none
   */
  static Probe of(TestRows test, long most, JavaSparkContext spark) {
    if (most == 0) {
      return new Probe(test.corrected(), 0, List.of());
    }
    int groups = (int) Math.max(1, (test.correctedCount() + most - 1) / most);
    try (JobNames names = JobNames.of(spark, "choosing test rows that decide on draws")) {
      JavaRDD<DataRow> rows =
          Parcels.sortBy(test.corrected(), DataRow::number, test.corrected().getNumPartitions());
      JavaRDD<DataRow> first =
          groups == 1 ? rows : rows.zipWithIndex().filter(row -> row._2() % groups == 0).keys();
      return new Probe(rows, groups, Parcels.collect(first));
    }
  }

  /** Whether all rows are looked at. */
  boolean isAll() {
    return groups == 1;
  }

  /** Those that are not. */
  JavaRDD<DataRow> others() {
    int cut = groups;
    return all.zipWithIndex().filter(row -> row._2() % cut != 0).keys();
  }
}
