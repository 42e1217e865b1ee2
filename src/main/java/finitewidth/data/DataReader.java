package finitewidth.data;

import finitewidth.data.DataFiles.InputFiles;
import finitewidth.linalg.Matrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
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
    this(spark, config, files, RowRules.strict(scaling == FeatureScaling.UNIT_SPHERE));
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
    this.trainRowsKey = trainRowsKey;
    this.testRowsKey = testRowsKey;
    this.spark = spark;
    this.config = config;
    this.files = files;
    this.rules = rules;
  }

  /** The same reader for one to whom these keys have said how many rows are wanted. */
  public DataReader rowsFrom(String trainRows, String testRows) {
    return new DataReader(spark, config, files, rules, trainRows, testRows);
  }

  /** Training rows with targets, and test rows: those of data.test or a held-out part. */
  public FitData readForFit() {
    Table table = open(files.train(), config.columns(), OptionalInt.empty(), Need.REQUIRED);
    int rows = rowsOnDriver(table);
    int held = files.test().isPresent() ? 0 : heldOut(table.name(), rows);
    int[] order = RowChoice.order(rows, config.seed());
    int available = rows - held;
    int used = config.trainRows().orElse(available);
    refuseMore(trainRowsKey, used, available, table.name());
    TrainingSet training =
        collect(table, chosen(table, RowChoice.of(order, held, held + used), used), true);
    if (files.test().isPresent()) {
      return new FitData(
          training, test(files.test().get(), table.columns(), table.features().size()));
    }
    int scored = config.testRows().orElse(held);
    refuseMore(testRowsKey, scored, held, "the held-out part of " + table.name());
    JavaRDD<DataRow> heldOut = chosen(table, RowChoice.of(order, 0, scored), scored);
    return new FitData(
        training, new TestSet(heldOut, scored, 0, table.idType(), table.carried(), true));
  }

  /** Rows without targets, whatever else the file holds: the inputs of {@code flow}. */
  public TrainingSet readInputs() {
    Table table = open(files.train(), config.columns(), OptionalInt.empty(), Need.IGNORED);
    int rows = rowsOnDriver(table);
    int used = config.trainRows().orElse(rows);
    refuseMore(trainRowsKey, used, rows, table.name());
    int[] order = RowChoice.order(rows, config.seed());
    return collect(table, chosen(table, RowChoice.of(order, 0, used), used), false);
  }

  /**
   * Rows to predict with a model that was fitted before.
   *
   * @param columns names of the columns that features come from, one if it is a vector
   * @param width number of features
   */
  public TestSet readForPredict(List<String> columns, int width) {
    return test(
        files.test().orElseThrow(() -> new DataException("data.test is not set")), columns, width);
  }

  /** Test rows have the features of the training table, by name, whatever else they have. */
  private TestSet test(InputFiles input, List<String> features, int width) {
    Columns columns = config.columns().withFeatures(features);
    Table table = open(input, columns, OptionalInt.of(width), Need.WELCOME);
    if (table.count() == 0) {
      throw new DataException(table.name() + " has no rows");
    }
    if (table.features().size() != width) {
      throw new DataException(
          table.name()
              + " has "
              + table.features().size()
              + " features, the training data "
              + width);
    }
    boolean scored = table.labelled() || !table.targets().isEmpty();
    if (config.testRows().isEmpty()) {
      return testSet(table, table.rows(), table.count(), scored);
    }
    int used = config.testRows().getAsInt();
    int rows = rowsOnDriver(table);
    refuseMore(testRowsKey, used, rows, table.name());
    RowChoice choice = RowChoice.of(RowChoice.order(rows, config.seed()), 0, used);
    return testSet(table, chosen(table, choice, used), used, scored);
  }

  private TestSet testSet(Table table, JavaRDD<DataRow> rows, long count, boolean scored) {
    boolean skip = rules.invalid() == InvalidRows.SKIP && table.incomplete() > 0;
    return new TestSet(
        skip ? rows.filter(DataRow::isComplete) : rows,
        count,
        table.incomplete(),
        table.idType(),
        table.carried(),
        scored);
  }

  private Table open(InputFiles input, Columns columns, OptionalInt width, Need need) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try {
      return switch (input.format()) {
        case CSV -> TextTables.csv(context, input, columns, need, rules);
        case LIBSVM -> TextTables.libsvm(context, input, columns, width, rules);
        case PARQUET -> ParquetTable.read(spark, input, columns, need, width, rules);
      };
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      throw Unreadable.explain(input, e);
    }
  }

  /** The chosen rows of a table; all of them without a look at each. */
  private static JavaRDD<DataRow> chosen(Table table, RowChoice choice, int count) {
    if (count == table.count()) {
      return table.rows();
    }
    Broadcast<RowChoice> shared =
        JavaSparkContext.fromSparkContext(table.rows().context()).broadcast(choice);
    return table.rows().filter(row -> shared.value().has(row.number()));
  }

  private static TrainingSet collect(Table table, JavaRDD<DataRow> chosen, boolean learn) {
    List<DataRow> rows = new ArrayList<>(chosen.collect());
    rows.sort(Comparator.comparingLong(DataRow::number));
    if (rows.isEmpty()) {
      throw new DataException(table.name() + " has no rows");
    }
    if (learn && rows.size() < 2) {
      throw new DataException(table.name() + " has one row to train on; at least 2 are needed");
    }
    Optional<Classes> classes =
        learn && table.labelled() ? Optional.of(classes(table, rows)) : Optional.empty();
    Matrix targets =
        classes
            .map(c -> c.encode(rows.stream().map(DataRow::label).toList()))
            .orElseGet(() -> Matrix.copyOf(stack(rows, DataRow::targets)));
    return new TrainingSet(
        Matrix.copyOf(stack(rows, DataRow::features)),
        targets,
        rows.stream().map(DataRow::number).toList(),
        rows.stream().map(DataRow::id).toList(),
        table.columns(),
        table.features(),
        classes.map(Classes::names).orElse(table.targets()),
        classes);
  }

  private static double[][] stack(List<DataRow> rows, Function<DataRow, double[]> part) {
    return rows.stream().map(part).toArray(double[][]::new);
  }

  private static Classes classes(Table table, List<DataRow> rows) {
    Classes classes = Classes.of(rows.stream().map(DataRow::label).toList());
    if (classes.count() < 2) {
      throw new DataException(
          table.name()
              + ": all "
              + rows.size()
              + " training rows are of the class "
              + classes.names().get(0)
              + "; at least 2 classes are needed");
    }
    return classes;
  }

  private int heldOut(String name, int rows) {
    int held = Math.max(1, (int) Math.round(config.testFraction() * rows));
    if (rows - held < 2) {
      throw new DataException(
          name
              + " has "
              + rows
              + (rows == 1 ? " row" : " rows")
              + "; with data.test-fraction="
              + config.testFraction()
              + " held out fewer than 2 would be left to train on");
    }
    return held;
  }

  private static int rowsOnDriver(Table table) {
    if (table.count() == 0) {
      throw new DataException(table.name() + " has no rows");
    }
    if (table.count() > Integer.MAX_VALUE - 8) {
      throw new DataException(
          table.name() + " has " + table.count() + " rows, too many to choose from on the driver");
    }
    return (int) table.count();
  }

  private static void refuseMore(String key, int wanted, int available, String name) {
    if (wanted > available) {
      throw new DataException(
          key + "=" + wanted + ", but " + name + " has only " + available + " rows");
    }
  }
}
