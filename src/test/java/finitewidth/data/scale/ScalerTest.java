package finitewidth.data.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import finitewidth.data.Classes;
import finitewidth.data.DataException;
import finitewidth.data.TrainingSchema;
import finitewidth.data.TrainingSet;
import finitewidth.data.table.RowChoice;
import finitewidth.linalg.Matrix;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScalerTest {
  private static final List<String> NAMES = List.of("a", "b");

  @Test
  void standardizeDividesByThePopulationDeviation() {
    Matrix rows = Matrix.copyOf(new double[][] {{1, 10}, {3, 30}});
    Matrix scaled =
        FeatureScaler.fit(FeatureScaling.STANDARDIZE, ConstantColumns.DROP, inputs(rows))
            .forward(rows);
    assertThat(scaled.data()).containsExactly(-1, -1, 1, 1);
  }

  @Test
  void factorsGoIntoTheScaler() {
    Matrix rows = Matrix.copyOf(new double[][] {{1, 10}, {3, 30}});
    double[] factors = {2, 0.5};
    FeatureScaler standard =
        FeatureScaler.fit(FeatureScaling.STANDARDIZE, ConstantColumns.DROP, inputs(rows))
            .times(factors);
    assertThat(standard.forward(rows).data()).containsExactly(-2, -0.5, 2, 0.5);
    FeatureScaler raw =
        FeatureScaler.fit(FeatureScaling.NONE, ConstantColumns.DROP, inputs(rows)).times(factors);
    assertThat(raw.forward(rows).data()).containsExactly(2, 5, 6, 15);
    FeatureScaler restored = FeatureScaler.restore(raw.scaling(), raw.parameters());
    assertThat(restored.forward(rows).data()).containsExactly(2, 5, 6, 15);
    assertThatThrownBy(
            () -> FeatureScaler.restore("unit-sphere", Matrix.zeros(1, 0)).times(factors))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void constantColumnsAreNamed() {
    Matrix rows = Matrix.copyOf(new double[][] {{0.1, 1}, {0.1, 2}, {0.1, 3}});
    for (FeatureScaling scaling : FeatureScaling.values()) {
      assertThatThrownBy(() -> FeatureScaler.fit(scaling, ConstantColumns.REFUSE, inputs(rows)))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("feature column a ")
          .hasMessageContaining("data.constant-columns = drop");
    }
    Matrix all = Matrix.copyOf(new double[][] {{0.1, 2}, {0.1, 2}});
    assertThatThrownBy(
            () -> FeatureScaler.fit(FeatureScaling.STANDARDIZE, ConstantColumns.DROP, inputs(all)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("feature columns a, b are constant over the 2 training rows");
  }

  /** The network sees what it would see if the column had never been there, to the bit. */
  @Test
  void constantColumnsAreNoInputs() {
    double sum = 0.1 + 0.2;
    Matrix rows = Matrix.copyOf(new double[][] {{sum, 1}, {0.3, 2}, {sum, 3}});
    Matrix alone = Matrix.copyOf(new double[][] {{1, 0}, {2, 1}, {3, 0}});
    FeatureScaler scaler =
        FeatureScaler.fit(FeatureScaling.STANDARDIZE, ConstantColumns.DROP, inputs(rows));
    FeatureScaler other =
        FeatureScaler.fit(FeatureScaling.STANDARDIZE, ConstantColumns.DROP, inputs(alone));
    assertThat(scaler.ignored()).containsExactly(0);
    assertThat(scaler.forward(rows).data()).isEqualTo(other.forward(alone).column(0));
    assertThat(scaler.forward(new double[] {77, 2})).containsExactly(0);
    assertThat(scaler.narrowed().forward(new double[] {3})).isEqualTo(scaler.forward(rows.row(2)));
    FeatureScaler restored = FeatureScaler.restore(scaler.scaling(), scaler.parameters());
    assertThat(restored.forward(rows).data()).isEqualTo(scaler.forward(rows).data());
    FeatureScaler times = scaler.times(new double[] {4});
    assertThat(times.ignored()).containsExactly(0);
    assertThat(scaler.convert(scaler.forward(rows), times).data())
        .isEqualTo(times.forward(rows).data());
  }

  @Test
  void roundingIsNoInformation() {
    assertThat(constant(1e16, 1e16 + 2, 1e16)).isTrue();
    assertThat(constant(1e16, 1e16 + 64, 1e16)).isFalse();
    assertThat(constant(0, 0, Double.MIN_VALUE)).isFalse();
    assertThat(constant(-0.0, 0, 0)).isTrue();
    assertThat(constant(0, 0, 1e-300)).isFalse();
    assertThat(constant(1, 1 + 1e-14, 1)).isFalse();
  }

  private static boolean constant(double... values) {
    double[][] rows = new double[values.length][];
    for (int i = 0; i < values.length; i++) {
      rows[i] = new double[] {values[i], i};
    }
    TrainingSet training = inputs(Matrix.copyOf(rows));
    return FeatureScaler.fit(FeatureScaling.STANDARDIZE, ConstantColumns.DROP, training)
            .ignored()
            .length
        > 0;
  }

  @Test
  void featuresThatSpreadBeyondNumbersAreNamed() {
    Matrix rows = Matrix.copyOf(new double[][] {{1.5e308, 1}, {-1.5e308, 2}, {1.5e308, 3}});
    assertThatThrownBy(
            () -> FeatureScaler.fit(FeatureScaling.STANDARDIZE, ConstantColumns.DROP, inputs(rows)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column a lie so far apart");
  }

  @Test
  void unitSphereIsThatOfTheKernelsInnerProduct() {
    double[] scaled =
        FeatureScaler.restore("unit-sphere", Matrix.zeros(1, 0))
            .forward(new double[] {3e200, -4e200});
    double norm = (scaled[0] * scaled[0] + scaled[1] * scaled[1]) / 2;
    assertThat(norm).isCloseTo(1, within(1e-15));
    assertThat(scaled[0] / scaled[1]).isCloseTo(-0.75, within(1e-15));
    assertThatThrownBy(
            () -> FeatureScaler.restore("unit-sphere", Matrix.zeros(1, 0)).forward(new double[2]))
        .isInstanceOf(DataException.class);
  }

  @Test
  void targetsComeBackInTheirUnits() {
    TrainingSet training = training(new double[][] {{1, 100}, {2, 300}, {6, 500}});
    TargetScaler scaler = TargetScaler.fit(TargetScaling.STANDARDIZE, training);
    Matrix scaled = scaler.forward(training.targets());
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 2; j++) {
        assertThat(scaler.value(j, scaled.get(i, j)))
            .isCloseTo(training.targets().get(i, j), within(1e-12));
      }
    }
    assertThat(scaler.variance(1, 1)).isCloseTo(80000.0 / 3, within(1e-9));
    assertThat(scaler.difference(0, 0)).isZero();
  }

  @Test
  void constantTargetsAreNamed() {
    TrainingSet training = training(new double[][] {{1, 5}, {2, 5}});
    assertThatThrownBy(() -> TargetScaler.fit(TargetScaling.STANDARDIZE, training))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("target b ");
    assertThat(TargetScaler.fit(TargetScaling.NONE, training).value(1, 5)).isEqualTo(5);
  }

  @Test
  void classesAreSortedAndCodedAroundZero() {
    Classes numbers = Classes.of(List.of("10", "9", "10"));
    assertThat(numbers.names()).containsExactly("9", "10");
    assertThat(numbers.encode(List.of("10", "9")).data()).containsExactly(-0.5, 0.5, 0.5, -0.5);
    assertThat(numbers.value("9")).isEqualTo(9L);
    assertThat(numbers.indexOf("11")).isEmpty();
    assertThat(Classes.of(List.of("b", "a", "1")).names()).containsExactly("1", "a", "b");
  }

  @Test
  void differentTextsAreDifferentClasses() {
    List<String> texts = List.of("1", "01", "1.0", " 1", "9007199254740993", "9007199254740992");
    Classes classes = Classes.of(texts);
    assertThat(classes.names()).containsExactlyInAnyOrderElementsOf(texts);
    assertThat(texts).allMatch(text -> classes.value(text).equals(text));
    assertThat(Classes.of(List.of("9007199254740993", "9007199254740992")).count()).isEqualTo(2);
    assertThat(classes.alike().orElseThrow()).contains("different classes");
    assertThat(Classes.of(List.of("a", "b", "1", "2.5")).alike()).isEmpty();
    // In the order of their columns, whatever this version would make of it.
    assertThat(Classes.restore(List.of("2", "10", "10.5")).names())
        .containsExactly("2", "10", "10.5");
  }

  @Test
  void randomRowsAreNestedAndTheSameForTheSameSeed() {
    int[] order = RowChoice.order(100, 7);
    assertThat(order).isEqualTo(RowChoice.order(100, 7)).isNotEqualTo(RowChoice.order(100, 8));
    assertThat(order.clone())
        .containsExactlyInAnyOrder(java.util.stream.IntStream.range(0, 100).toArray());
    RowChoice few = RowChoice.of(order, 20, 30);
    RowChoice many = RowChoice.of(order, 20, 60);
    for (int i = 0; i < 100; i++) {
      assertThat(!few.has(i) || many.has(i)).isTrue();
    }
  }

  @Test
  void rowsGoFromOneScalerToAnother() {
    Matrix rows = Matrix.copyOf(new double[][] {{1, 10}, {3, 30}});
    double[] factors = {2, 0.5};
    for (FeatureScaling scaling : List.of(FeatureScaling.STANDARDIZE, FeatureScaling.NONE)) {
      FeatureScaler scaler = FeatureScaler.fit(scaling, ConstantColumns.DROP, inputs(rows));
      FeatureScaler times = scaler.times(factors);
      assertThat(scaler.convert(scaler.forward(rows), times).data())
          .containsExactly(times.forward(rows).data());
      assertThat(scaler.convert(scaler.forward(rows), scaler).data())
          .containsExactly(scaler.forward(rows).data());
    }
  }

  @Test
  void sharesOfClasses() {
    TrainingSchema schema =
        TrainingSchema.classification(
            List.of("f"), List.of("f"), Classes.of(List.of("a", "b")), List.of(1L, 3L));
    assertThat(schema.classPriors()).containsExactly(0.25, 0.75);
    assertThat(schema.outputNames()).containsExactly("a", "b");
    assertThat(TrainingSchema.regression(NAMES, NAMES, NAMES).classPriors()).isEmpty();
  }

  private static TrainingSet inputs(Matrix rows) {
    return new TrainingSet(
        rows,
        Matrix.zeros(rows.rows(), 1),
        List.of(),
        List.of(),
        TrainingSchema.regression(NAMES, NAMES, List.of("t")));
  }

  private static TrainingSet training(double[][] targets) {
    Matrix matrix = Matrix.copyOf(targets);
    return new TrainingSet(
        Matrix.zeros(matrix.rows(), 1),
        matrix,
        List.of(),
        List.of(),
        TrainingSchema.regression(List.of("f"), List.of("f"), NAMES));
  }
}
