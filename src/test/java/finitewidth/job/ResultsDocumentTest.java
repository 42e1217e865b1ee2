package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import finitewidth.data.Classes;
import finitewidth.data.scale.TargetScaler;
import finitewidth.inference.Validity;
import finitewidth.job.config.Quantiles;
import finitewidth.job.score.PredictionTable;
import finitewidth.linalg.Matrix;
import finitewidth.prior.Widths;
import finitewidth.report.summary.ChainsSummary;
import finitewidth.report.summary.CheckpointSummary;
import finitewidth.report.summary.ContractionSummary;
import finitewidth.report.summary.FitSummary;
import finitewidth.report.summary.FlowSummary;
import finitewidth.report.summary.PredictSummary;
import finitewidth.report.summary.Refereed;
import finitewidth.report.summary.RunSummary;
import finitewidth.report.summary.ValidateSummary;
import finitewidth.report.summary.Validation;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/results.md has every column and every key that a job writes, and no other. */
class ResultsDocumentTest {
  private static final Path DOCUMENT = Path.of("docs/results.md");

  /** Records in files of their own that have no table of their own. */
  private static final Map<Class<?>, List<Class<?>>> PARTS =
      Map.of(
          FitSummary.class,
          List.of(ContractionSummary.class, ChainsSummary.class),
          Validation.class,
          List.of(Refereed.class));

  private static final SnakeCaseStrategy SNAKE = new SnakeCaseStrategy();

  /** What stands in the first cells of the tables below a heading. */
  private static Set<String> documented(String heading) throws IOException {
    Matcher section =
        Pattern.compile(
                "^## " + Pattern.quote(heading) + "\n(.*?)(?=^## |\\z)",
                Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(Files.readString(DOCUMENT));
    assertThat(section.find()).as(heading).isTrue();
    Set<String> names = new LinkedHashSet<>();
    for (String line : section.group(1).lines().filter(l -> l.startsWith("| `")).toList()) {
      Matcher name = Pattern.compile("`([^`]+)`").matcher(line.split("\\|")[1]);
      while (name.find()) {
        assertThat(names.add(name.group(1))).as("twice: " + name.group(1)).isTrue();
      }
    }
    return names;
  }

  @ParameterizedTest
  @CsvSource({
    "run, RunSummary",
    "checkpoint, CheckpointSummary",
    "summary.json of fit, FitSummary",
    "summary.json of predict, PredictSummary",
    "summary.json of flow, FlowSummary",
    "summary.json of validate, ValidateSummary",
    "validate.json, Validation"
  })
  void everyKey(String heading, String type) throws Exception {
    Class<?> root =
        List.of(
                RunSummary.class,
                CheckpointSummary.class,
                FitSummary.class,
                PredictSummary.class,
                FlowSummary.class,
                ValidateSummary.class,
                Validation.class)
            .stream()
            .filter(some -> some.getSimpleName().equals(type))
            .findFirst()
            .orElseThrow();
    Set<String> keys = new LinkedHashSet<>();
    walk(root, "", root, new HashSet<>(), keys);
    assertThat(documented(heading)).containsExactlyInAnyOrderElementsOf(keys);
  }

  /**
   * Takes in the paths of all keys. A record that stands in several places is followed once, and
   * one that has a table of its own not at all.
   */
  private static void walk(
      Class<?> type, String path, Class<?> root, Set<Class<?>> followed, Set<String> keys) {
    if (!followed.add(type)) {
      return;
    }
    for (RecordComponent component : type.getRecordComponents()) {
      String key = path + SNAKE.translate(component.getName());
      Type held = component.getGenericType();
      if (held instanceof ParameterizedType parts) {
        Type[] of = parts.getActualTypeArguments();
        held = of[of.length - 1];
        key += parts.getRawType() == List.class && isOwn(held, root) ? "[]" : "";
        key += parts.getRawType() == Map.class && isOwn(held, root) ? ".*" : "";
      }
      keys.add(key);
      if (isOwn(held, root)) {
        walk((Class<?>) held, key + ".", root, followed, keys);
      }
    }
  }

  private static boolean isOwn(Type type, Class<?> root) {
    if (!(type instanceof Class<?> some && some.isRecord())) {
      return false;
    }
    Class<?> file = some.getDeclaringClass() == null ? some : some.getDeclaringClass();
    return file == root || PARTS.getOrDefault(root, List.of()).contains(file);
  }

  private static List<String> predictions(
      Optional<Classes> classes, List<Double> probabilities, Validity validity) {
    int outputs = classes.map(Classes::count).orElse(1);
    double[][] scales = {new double[outputs], new double[outputs]};
    Arrays.fill(scales[1], 1);
    return List.of(
        new PredictionTable(
                Widths.of(8),
                TargetScaler.restore(Matrix.copyOf(scales)),
                classes,
                DataTypes.LongType,
                new StructType(),
                new Quantiles(probabilities, Quantiles.Of.LATENT),
                0.1,
                validity)
            .schema()
            .fieldNames());
  }

  @Test
  void everyColumnOfPredictions() throws IOException {
    Set<String> columns =
        new LinkedHashSet<>(predictions(Optional.empty(), List.of(0.5), Validity.EXPANSION));
    columns.addAll(predictions(Optional.empty(), List.of(), Validity.RENORMALISED));
    columns.addAll(predictions(Optional.empty(), List.of(), Validity.ADAPTIVE));
    columns.addAll(
        predictions(
            Optional.of(Classes.restore(List.of("a", "b"))), List.of(), Validity.CONVERGENCE));
    columns.remove("quantile_0.5");
    columns.add("quantile_P");
    assertThat(documented("predictions/")).containsExactlyInAnyOrderElementsOf(columns);
  }

  @ParameterizedTest
  @CsvSource({
    "hidden_kernels/, fit.HiddenKernelTable",
    "flow/, flow.FlowTable",
    "density/, flow.FlowDensities"
  })
  void everyColumn(String heading, String type) throws Exception {
    Method schema =
        Class.forName("finitewidth.job." + type).getDeclaredMethod("schema", DataType.class);
    schema.setAccessible(true);
    StructType columns = (StructType) schema.invoke(null, DataTypes.LongType);
    assertThat(documented(heading)).containsExactlyInAnyOrder(columns.fieldNames());
  }
}
