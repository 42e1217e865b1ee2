package finitewidth;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDDLike;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** Imports only point down the list of packages, and nothing below {@code runtime} knows Spark. */
class ArchitectureTest {
  /** From the top down; a package may use those behind it in the list. */
  private static final List<String> LAYERS =
      List.of(
          "job",
          "report",
          "sizing",
          "ml",
          "model",
          "training",
          "data.read",
          "data.scale",
          "data.table",
          "data",
          "runtime",
          "storage",
          "inference.auto",
          "inference.linear",
          "inference.proportional",
          "inference.adaptive",
          "inference.renormalised",
          "inference.networks",
          "inference.ensemble",
          "inference.nngp",
          "inference.montecarlo",
          "inference.exact",
          "inference.scale",
          "inference.comparison",
          "inference",
          "evidence",
          "inducing",
          "posterior",
          "prior",
          "gaussian",
          "inference.work",
          "linalg",
          "settings");

  /** Ways from a prior and data to a posterior; none knows another. */
  private static final List<String> ENGINES =
      List.of(
          "inference.linear",
          "inference.proportional",
          "inference.adaptive",
          "inference.renormalised",
          "inference.networks",
          "inference.ensemble",
          "inference.nngp",
          "inference.montecarlo",
          "inference.exact");

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("finitewidth");

  @Test
  void importsPointDownward() {
    for (int i = 1; i < LAYERS.size(); i++) {
      mayNotImport(LAYERS.get(i), LAYERS.subList(0, i));
    }
  }

  @Test
  void noEngineImportsAnother() {
    for (String engine : ENGINES) {
      mayNotImport(engine, ENGINES.stream().filter(other -> !other.equals(engine)).toList());
    }
  }

  /** So the library needs no more on its class path than engines do. */
  @Test
  void theLibraryImportsNothingAboveTheChoiceOfEngines() {
    noClasses()
        .that()
        .resideInAPackage("finitewidth")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            LAYERS.subList(0, LAYERS.indexOf("inference.auto")).stream()
                .map(ArchitectureTest::packages)
                .toArray(String[]::new))
        .check(classes);
  }

  /** No package is in no layer, and docs/architecture.md has the same list. */
  @Test
  void theDocumentHasTheLayers() throws IOException {
    noClasses()
        .should()
        .resideOutsideOfPackages(
            Stream.concat(Stream.of("finitewidth"), LAYERS.stream().map(ArchitectureTest::packages))
                .toArray(String[]::new))
        .check(classes);
    String rooms = Files.readString(Path.of("docs/architecture.md")).split("\n## ")[1];
    assertThat(
            Pattern.compile("^\\| `([a-z.]+)` \\|", Pattern.MULTILINE)
                .matcher(rooms)
                .results()
                .map(row -> row.group(1)))
        .containsExactlyElementsOf(LAYERS);
  }

  private void mayNotImport(String layer, List<String> others) {
    noClasses()
        .that()
        .resideInAPackage(packages(layer))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others.stream().map(ArchitectureTest::packages).toArray(String[]::new))
        .check(classes);
  }

  /** A layer has its subpackages, but for those whose subpackages are layers themselves. */
  private static String packages(String layer) {
    return "finitewidth." + layer + (List.of("inference", "data").contains(layer) ? "" : "..");
  }

  @Test
  void nothingBelowTheRuntimeKnowsSpark() {
    String[] below = below("runtime");
    noClasses()
        .that()
        .resideInAnyPackage(below)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..")
        .check(classes);
    // Checkpoints and results are files, and files are Hadoop's.
    noClasses()
        .that()
        .resideInAnyPackage(below("storage"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.hadoop..")
        .check(classes);
    // The optimiser is breeze's, and breeze is written in Scala.
    noClasses()
        .that()
        .resideInAnyPackage(below)
        .and()
        .haveNameNotMatching("finitewidth\\.evidence\\.Lbfgsb(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("scala..", "breeze..")
        .check(classes);
  }

  /** What goes through Spark's data serializer goes in parcels, or Kryo cannot read it back. */
  @Test
  void onlyParcelsMoveValues() {
    Set<String> moving =
        Set.of(
            "broadcast",
            "parallelize",
            "collect",
            "take",
            "first",
            "takeOrdered",
            "top",
            "reduce",
            "fold",
            "aggregate",
            "treeReduce",
            "treeAggregate",
            "sortBy",
            "sortByKey",
            "repartition",
            "groupBy",
            "groupByKey",
            "reduceByKey",
            "countByValue",
            "distinct",
            "persist",
            "cache",
            "collectAsMap",
            "toLocalIterator",
            "foreachPartition",
            "runJob");
    DescribedPredicate<JavaMethodCall> moves =
        DescribedPredicate.describe(
            "move values of RDDs",
            call ->
                moving.contains(call.getName())
                    && (call.getTargetOwner().isAssignableTo(JavaRDDLike.class)
                        || call.getTargetOwner().isAssignableTo(JavaSparkContext.class)
                        || call.getTargetOwner().isAssignableTo(SparkContext.class)));
    noClasses()
        .that()
        // Clusters are Spark's own values.
        .haveNameNotMatching(
            "finitewidth\\.runtime\\.(Parcels|SharedParcel|HeldRows|PartitionJob|ClusterCentres)(\\$.*)?")
        .should()
        .callMethodWhere(moves)
        .check(classes);
  }

  private static String[] below(String layer) {
    return LAYERS.subList(LAYERS.indexOf(layer) + 1, LAYERS.size()).stream()
        .map(ArchitectureTest::packages)
        .toArray(String[]::new);
  }
}
