package finitewidth.data.read;

import finitewidth.data.Columns;
import finitewidth.data.DataConfig;
import finitewidth.data.DataException;
import finitewidth.data.DataRow;
import finitewidth.data.InvalidRows;
import finitewidth.data.TestSet;
import finitewidth.data.scale.FeatureScaling;
import finitewidth.data.table.DataFiles;
import finitewidth.data.table.DataFiles.InputFiles;
import finitewidth.data.table.IndexSearch;
import finitewidth.data.table.Need;
import finitewidth.data.table.RowChoice;
import finitewidth.data.table.RowRules;
import finitewidth.data.table.Table;
import finitewidth.data.table.Tables;
import finitewidth.data.table.Unreadable;
import finitewidth.inference.work.Shared;
import finitewidth.runtime.Parcels;
import finitewidth.runtime.SharedParcel;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Reads training and test rows. Every row of every file is checked before anything is computed.
 *
 * <p>All methods throw {@link DataException} naming file, row and column of what cannot be used.
 */
public final class DataReader {
  private final SparkSession spark;
  private final DataConfig config;
  private final DataFiles files;
  private final RowRules rules;
  private final String trainRowsKey;
  private final String testRowsKey;

  /**
   * @param scaling rows that this scaling cannot scale are refused while reading
   */
  public DataReader(
      SparkSession spark, DataConfig config, DataFiles files, FeatureScaling scaling) {
    this(
        spark,
        config,
        files,
        RowRules.ofFit(scaling == FeatureScaling.UNIT_SPHERE, config.reading()));
  }

  /**
   * @param rules what becomes of rows while reading
   */
  public DataReader(SparkSession spark, DataConfig config, DataFiles files, RowRules rules) {
    this(spark, config, files, rules, "data.train-rows", "data.test-rows");
  }

  private DataReader(
      SparkSession spark,
      DataConfig config,
      DataFiles files,
      RowRules rules,
      String trainRowsKey,
      String testRowsKey) {
    this.spark = spark;
    this.config = config;
    this.files = files;
    this.rules = rules;
    this.trainRowsKey = trainRowsKey;
    this.testRowsKey = testRowsKey;
  }

  /** The same reader for one to whom these keys have said how many rows are wanted. */
  public DataReader rowsFrom(String trainRows, String testRows) {
    return new DataReader(spark, config, files, rules, trainRows, testRows);
  }

  /** Training rows with targets, and test rows: those of data.test or a held-out part. */
  public OpenedData openForFit() {
    Table table = learnt(Need.REQUIRED);
    if (files.test().isEmpty()) {
      int held = heldOut(table);
      int scored = config.testRows().orElse(held);
      refuseMore(testRowsKey, scored, held, "the held-out part of " + table.name());
      int used = used(table, held);
      TestSet test = testSet(table, chosen(table, 0, scored), scored, true);
      return OpenedData.fit(table, chosen(table, held, held + used), used, test);
    }
    boolean all = config.trainRows().isEmpty();
    long used = all ? table.count() : used(table, 0);
    return OpenedData.fit(
        table,
        all ? table.rows() : chosen(table, 0, (int) used),
        used,
        test(files.test().get(), table.columns(), table.features().size(), true));
  }

  /** Rows without targets, whatever else the file holds: the inputs of {@code flow}. */
  public OpenedData openInputs() {
    Table table = learnt(Need.IGNORED);
    int used = used(table, 0);
    return OpenedData.inputs(table, chosen(table, 0, used), used);
  }

  /** The training table, without columns that turn out to number its rows. */
  private Table learnt(Need need) {
    Table table = open(files.train(), config.columns(), OptionalInt.empty(), need).whole();
    return config.columns().all() ? table.without(IndexSearch.of(table)) : table;
  }

  /**
   * Rows to predict with a model that was fitted before.
   *
   * @param columns names of the columns that features come from, one if it is a vector
   * @param width number of features
   */
  public TestSet readForPredict(List<String> columns, int width) {
    return test(
        files.test().orElseThrow(() -> new DataException("data.test is not set")),
        columns,
        width,
        false);
  }

  /**
   * Test rows have the features of the training table, by name, whatever else they have.
   *
   * @param whole whether rows that lack something are not even counted
   */
  private TestSet test(InputFiles input, List<String> features, int width, boolean whole) {
    Columns columns = config.columns().withFeatures(features);
    Table opened = open(input, columns, OptionalInt.of(width), Need.WELCOME);
    Table table = whole ? opened.whole() : opened;
    if (table.features().size() != width) {
      throw new DataException(
          "%s has %s features, the training data %s"
              .formatted(table.name(), table.features().size(), width));
    }
    boolean scored = table.labelled() || !table.targets().isEmpty();
    if (config.testRows().isEmpty()) {
      return testSet(table, table.rows(), table.count(), scored);
    }
    int used = config.testRows().getAsInt();
    refuseMore(testRowsKey, used, rowsOnDriver(table), table.name());
    return testSet(table, chosen(table, 0, used), used, scored);
  }

  private TestSet testSet(Table table, JavaRDD<DataRow> rows, long count, boolean scored) {
    boolean skip = rules.invalid() == InvalidRows.SKIP && table.incomplete() > 0;
    return new TestSet(
        skip ? rows.filter(DataRow::isComplete) : rows,
        count,
        table.incomplete(),
        table.idType(),
        table.labelType(),
        table.carried(),
        scored,
        table.warnings());
  }

  private Table open(InputFiles input, Columns columns, OptionalInt width, Need need) {
    Table table;
    try {
      table = Tables.open(spark, input, columns, need, width, rules);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      throw Unreadable.explain(
          spark.sparkContext().hadoopConfiguration(), input, rules.reading().options(), e);
    }
    if (table.count() == 0) {
      throw new DataException(table.name() + " has no rows");
    }
    return table;
  }

  /** How many rows to learn from are used, of all but those that are held out. */
  private int used(Table table, int held) {
    int available = rowsOnDriver(table) - held;
    int used = config.trainRows().orElse(available);
    refuseMore(trainRowsKey, used, available, table.name());
    return used;
  }

  /** Rows at positions [from, to) of the random order; all of them without a look at each. */
  private JavaRDD<DataRow> chosen(Table table, int from, int to) {
    if (to - from == table.count()) {
      return table.rows();
    }
    int[] order = RowChoice.order(rowsOnDriver(table), config.seed());
    RowChoice choice =
        table.end() == table.count()
            ? RowChoice.of(order, from, to)
            : RowChoice.of(order, from, to, numbers(table));
    Shared<RowChoice> shared =
        SharedParcel.of(JavaSparkContext.fromSparkContext(table.rows().context()), choice);
    return table.rows().filter(row -> shared.value().has(row.number()));
  }

  private static long[] numbers(Table table) {
    return Parcels.collect(table.rows().map(DataRow::number)).stream()
        .mapToLong(Long::longValue)
        .sorted()
        .toArray();
  }

  private int heldOut(Table table) {
    int rows = rowsOnDriver(table);
    int held = Math.max(1, (int) Math.round(config.testFraction() * rows));
    if (rows - held < 2) {
      throw new DataException(
          "%s has %s; with data.test-fraction=%s held out fewer than 2 would be left to train on"
              .formatted(
                  table.name(), rows == 1 ? "1 row" : rows + " rows", config.testFraction()));
    }
    return held;
  }

  private static int rowsOnDriver(Table table) {
    if (table.end() > Integer.MAX_VALUE - 8) {
      throw new DataException(
          "%s has %s rows, too many to choose from on the driver"
              .formatted(table.name(), table.count()));
    }
    return (int) table.count();
  }

  private static void refuseMore(String key, int wanted, int available, String name) {
    if (wanted > available) {
      throw new DataException(
          "%s=%s, but %s has only %s rows".formatted(key, wanted, name, available));
    }
  }
}
