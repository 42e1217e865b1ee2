package finitewidth.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/**
 * The table of docs/cluster.md is what the job would say. Where it is not, the new one is in
 * target/sizing-table.md.
 */
class SizingTableTest {
  private static final String BEGIN = "<!-- sizing table, see SizingTableTest -->\n";
  private static final String END = "<!-- end of the sizing table -->\n";

  /** Four executors of four cores. */
  private static final Resources CLUSTER = new Resources(16, 4, 4, 64L << 30, 64L << 30, false, 0);

  private static FitWork fit(long rows, int outputs, int layers, FitWork.Engine engine) {
    return new FitWork(
        rows,
        1000,
        1000,
        50,
        outputs,
        layers,
        Activations.byName("relu").orElseThrow(),
        true,
        engine,
        1_000_000,
        Optional.empty(),
        Optional.empty(),
        FitWork.Beyond.NOTHING);
  }

  private static FitWork subset() {
    FitWork few = fit(20, 1, 2, FitWork.Engine.EXACT);
    return new FitWork(
        20,
        20,
        20,
        few.features(),
        1,
        2,
        few.activation(),
        true,
        few.engine(),
        few.maxDraws(),
        Optional.empty(),
        Optional.empty(),
        FitWork.Beyond.NOTHING);
  }

  private static FitWork many(long rows, int points, int outputs, FitWork.Engine engine) {
    FitWork few = fit(rows, outputs, 2, engine);
    return new FitWork(
        rows,
        10_000,
        1000,
        few.features(),
        outputs,
        2,
        few.activation(),
        true,
        engine,
        few.maxDraws(),
        Optional.of(new FitWork.Points(points, 10_000, true)),
        Optional.empty(),
        FitWork.Beyond.NOTHING);
  }

  private static FitWork searched(FitWork fit) {
    return new FitWork(
        fit.trainingRows(),
        fit.testRows(),
        fit.corrected(),
        fit.features(),
        fit.outputs(),
        fit.layers(),
        fit.activation(),
        true,
        fit.engine(),
        fit.maxDraws(),
        Optional.empty(),
        Optional.of(new FitWork.Search(3, OptionalLong.of(2000))),
        FitWork.Beyond.NOTHING);
  }

  private static ModelWork model(Order order, double draws) {
    return new ModelWork(
        1_000_000,
        1000,
        50,
        1,
        2,
        Activations.byName("relu").orElseThrow(),
        true,
        draws > 0 ? OptionalDouble.of(draws) : OptionalDouble.empty(),
        order);
  }

  private static String table() {
    StringJoiner table = new StringJoiner("\n", "", "\n");
    table.add(
        "| job | training rows | rows predicted | outputs | layers | moments | draws | core-hours |"
            + " driver heap | executor heap | moved |");
    table.add("|---|---|---|---|---|---|---|---|---|---|---|");
    for (int rows : List.of(100, 300, 1000)) {
      for (int outputs : List.of(1, 10)) {
        table.add(row("fit, exact", fit(rows, outputs, 2, FitWork.Engine.EXACT)));
      }
    }
    table.add(row("fit, exact", fit(1000, 1, 4, FitWork.Engine.EXACT)));
    for (int rows : List.of(100, 300)) {
      table.add(
          row(
              "the same, quantiles and hidden kernels",
              fit(rows, 1, 2, FitWork.Engine.EXACT).with(new FitWork.Beyond(true, true))));
    }
    for (int rows : List.of(1000, 3000, 10_000)) {
      for (int outputs : List.of(1, 10)) {
        table.add(row("fit, sampled", fit(rows, outputs, 2, FitWork.Engine.SAMPLED)));
      }
    }
    table.add(row("the same, by evidence", searched(fit(3000, 1, 2, FitWork.Engine.SAMPLED))));
    table.add(row("fit, 300 points, exact", many(1_000_000, 300, 1, FitWork.Engine.EXACT)));
    table.add(row("fit, 1000 points, sampled", many(1_000_000, 1000, 1, FitWork.Engine.SAMPLED)));
    table.add(row("fit, 1000 points, sampled", many(100_000_000, 1000, 1, FitWork.Engine.SAMPLED)));
    table.add(predicted("predict, order 0", model(Order.NNGP, 0)));
    table.add(predicted("predict, exact", model(Order.CORRECTED, 0)));
    table.add(predicted("predict, sampled", model(Order.CORRECTED, 100_000)));
    FitWork small = subset();
    table.add(
        row(
            "validate, 5 widths",
            small,
            Estimates.validate(small, List.of(32, 64, 128, 256, 512), 100_000, false, CLUSTER)));
    return table.toString();
  }

  private static String row(String name, FitWork work) {
    return row(name, work, Estimates.fit(work, CLUSTER));
  }

  private static String row(String name, FitWork work, Estimate estimate) {
    return row(name, work.trainingRows(), work.testRows(), work.outputs(), work.layers(), estimate);
  }

  private static String predicted(String name, ModelWork work) {
    return row(
        name,
        work.points(),
        work.rows(),
        work.outputs(),
        work.layers(),
        Estimates.predict(work, CLUSTER));
  }

  private static String row(
      String name, long training, long predicted, int outputs, int layers, Estimate estimate) {
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %,d | %d | %d | %s | %s | %s | %s | %s | %s |",
        name,
        training,
        predicted,
        outputs,
        layers,
        estimate.moments() > 0 ? Estimate.count(estimate.moments()) : "",
        estimate.draws() > 0 ? Estimate.count(estimate.draws()) : "",
        String.format(Locale.ROOT, "%.2g", estimate.coreSeconds() / 3600),
        Estimate.bytes(estimate.driverHeap()),
        Estimate.bytes(estimate.executorHeap()),
        Estimate.bytes(estimate.moved()));
  }

  @Test
  void theDocumentSaysWhatTheJobSays() throws IOException {
    String document = Files.readString(Path.of("docs/cluster.md"));
    String expected = table();
    Files.writeString(Path.of("target/sizing-table.md"), expected);
    assertThat(document).contains(BEGIN, END);
    assertThat(document.substring(document.indexOf(BEGIN) + BEGIN.length(), document.indexOf(END)))
        .isEqualTo(expected);
  }
}
