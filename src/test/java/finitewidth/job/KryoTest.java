package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.linalg.Matrix;
import finitewidth.ml.FiniteWidthRegressor;
import finitewidth.oracle.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All verbs and an estimator where a cluster has made Kryo the serializer of all jobs, as strict as
 * it can be: the same bits as with Java's.
 */
@Tag("slow")
class KryoTest {
  private static final Map<String, String> KRYO =
      Map.of(
          "spark.serializer", "org.apache.spark.serializer.KryoSerializer",
          "spark.kryo.registrationRequired", "true",
          "spark.kryo.unsafe", "true",
          "spark.kryo.referenceTracking", "false");

  @TempDir private static Path directory;
  private static Path regression;
  private static Path classification;

  @BeforeAll
  static void write() throws IOException {
    regression = config("target = [target, other]");
    classification = config("label = kind");
  }

  private static Path config(String learnt) throws IOException {
    return Files.writeString(
        directory.resolve(learnt.substring(0, 5) + ".conf"),
        """
        data { train = "%s", test = "%s", id = name, features = [a, b], %s }
        network { activation = relu, hidden-widths = [60, 80] }
        noise-variance = 0.05
        output.format = json
        """
            .formatted(csv("train.csv", 24, 1), csv("test.csv", 12, 2), learnt));
  }

  private static Path csv(String name, int rows, long seed) throws IOException {
    Matrix x = Problems.gaussian(rows, 3, seed);
    StringBuilder text = new StringBuilder("name,a,b,target,other,kind\n");
    for (int i = 0; i < rows; i++) {
      text.append(
          "r%d,%s,%s,%s,%s,%s\n"
              .formatted(
                  i,
                  x.get(i, 0),
                  x.get(i, 1),
                  20 + 4 * Math.sin(x.get(i, 0)),
                  x.get(i, 2),
                  x.get(i, 0) < 0 ? "low" : "high"));
    }
    return Files.writeString(directory.resolve(name), text.toString());
  }

  private static void run(String verb, Path config, String out, String... overrides) {
    List<String> all = new ArrayList<>(Arrays.asList(overrides));
    all.add("output.path=\"" + directory.resolve(out) + "\"");
    MainRun.of(verb, config, all.toArray(String[]::new)).succeeds();
  }

  /** Both engines: the lines of their predictions. */
  private static List<List<String>> predictions(String out) throws IOException {
    run(
        "fit",
        regression,
        out + "-exact",
        "contraction.engine=exact",
        "output.hidden-kernels=true",
        "predict.quantiles=[0.1,0.9]",
        "contraction.test-rows=7",
        "checkpoint.path=\"" + directory.resolve(out + "-checkpoint") + "\"");
    run(
        "fit",
        regression,
        out + "-sampled",
        "contraction.engine=sampled",
        "contraction.max-draws=500",
        "output.hidden-kernels=true",
        "predict.quantiles=[0.1,0.9]");
    List<List<String>> tables = new ArrayList<>();
    for (String table : List.of("-exact/predictions", "-sampled/predictions")) {
      tables.add(Results.lines(directory.resolve(out + table)));
    }
    return tables;
  }

  @Test
  void allVerbsRunWithTheSameBits() throws IOException {
    List<List<String>> expected;
    try (LocalSpark spark = LocalSpark.set()) {
      expected = predictions("java");
    }
    try (LocalSpark spark = LocalSpark.set(KRYO)) {
      assertThat(predictions("kryo")).isEqualTo(expected);
      run(
          "fit",
          classification,
          "points",
          "inducing-points=6",
          "inducing.method=k-means",
          "hyperparameters=evidence",
          "evidence.starts=1");
      run(
          "predict",
          regression,
          "predicted",
          "model.path=\"" + directory.resolve("kryo-exact/model") + "\"",
          "predict.columns=[kind, a]",
          "data.test-rows=9");
      run(
          "validate",
          regression,
          "validated",
          "data.target=target",
          "validate.train-rows=20",
          "validate.test-rows=5",
          "validate.widths=[60]",
          "validate.draws=320",
          "networks.chains=4",
          "networks.max-iterations=50",
          "networks.max-annealing=20");
      run("flow", regression, "flow", "flow.densities=2", "flow.density-draws=1000");
    }
  }

  private static Dataset<Row> rows(SparkSession spark) {
    Matrix x = Problems.gaussian(24, 3, 1);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < x.rows(); i++) {
      rows.add(RowFactory.create(Vectors.dense(x.row(i)), x.get(i, 0)));
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType));
  }

  private static SparkSession session(Map<String, String> more) {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .set("spark.ui.enabled", "false")
            .set("spark.sql.shuffle.partitions", "2");
    KRYO.forEach(conf::set);
    more.forEach(conf::set);
    return SparkSession.builder().config(conf).getOrCreate();
  }

  /** A session that is none of ours knows nothing of us unless it is told. */
  @Test
  void estimatorsSayWhatIsToBeRegistered() throws IOException {
    FiniteWidthRegressor network =
        new FiniteWidthRegressor()
            .setHiddenWidths(60)
            .setEngine("exact")
            .setInducingMethod("greedy");
    try (SparkSession spark = session(Map.of())) {
      assertThatThrownBy(() -> network.fit(rows(spark)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(
              "spark.kryo.classesToRegister must have finitewidth.runtime.Parcel");
    }
    try (SparkSession spark =
        session(Map.of("spark.kryo.classesToRegister", "finitewidth.runtime.Parcel"))) {
      for (int points : new int[] {0, 5}) {
        Dataset<Row> rows = rows(spark);
        assertThat(network.setInducingPoints(points).fit(rows).transform(rows).collectAsList())
            .hasSize(24);
      }
    }
    try (SparkSession spark = session(Map.of("spark.kryo.registrationRequired", "false"))) {
      Dataset<Row> rows = rows(spark);
      assertThat(network.fit(rows).transform(rows).collectAsList()).hasSize(24);
    }
  }
}
