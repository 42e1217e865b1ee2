package finitewidth.ml;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What {@code transform} of a model gives. Spark Connect shows nothing of a model but what is
 * transformed, so what a model knows comes as tables, too.
 */
enum ModelTable {
  /** The rows with their predictions. */
  PREDICTIONS(new StructType()),

  /**
   * Log evidence at infinite width, at hiddenWidths and at the uniform widths of {@code widths}.
   */
  EVIDENCE(
      new StructType()
          .add("widths", numbers(), false)
          .add("logEvidence", DataTypes.DoubleType, false)
          .add("delta", DataTypes.DoubleType, false)
          .add("standardError", DataTypes.DoubleType, false)),

  /** Facts by name, as text and, where they are numbers, as such; some names stand twice. */
  DIAGNOSTICS(
      new StructType()
          .add("name", DataTypes.StringType, false)
          .add("text", DataTypes.StringType, false)
          .add("number", DataTypes.DoubleType, true)),

  /** The Markov chains of each network; none but by the method networks. */
  CHAINS(
      new StructType()
          .add("widths", numbers(), false)
          .add("chains", DataTypes.IntegerType, false)
          .add("iterations", DataTypes.IntegerType, false)
          .add("stoppedBy", DataTypes.StringType, false)
          .add("rHat", DataTypes.DoubleType, false)
          .add("effectiveDraws", DataTypes.DoubleType, false)
          .add("logEvidence", DataTypes.DoubleType, false)
          .add("logEvidenceStandardError", DataTypes.DoubleType, false)
          .add("failures", DataTypes.createArrayType(DataTypes.StringType, false), false)),

  /** One row with the page of a report, which predicts and scores the rows. */
  REPORT(new StructType().add("html", DataTypes.StringType, false));

  @SuppressWarnings("ImmutableEnumChecker") // nothing changes a schema
  private final StructType columns;

  ModelTable(StructType columns) {
    this.columns = columns;
  }

  private static DataType numbers() {
    return DataTypes.createArrayType(DataTypes.DoubleType, false);
  }

  /** Its columns; none of predictions, whose columns Params name. */
  StructType columns() {
    return columns;
  }

  /** As the Param has it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> words() {
    return Arrays.stream(values()).map(ModelTable::word).toList();
  }

  /** That of a word that {@link #words} has. */
  static ModelTable of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
