package finitewidth.inducing;

import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.linalg.SumTree;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.KernelRow;
import finitewidth.prior.SampleFlow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import smile.math.kernel.MercerKernel;
import smile.regression.GaussianProcessRegression;

/**
 * Order 0 beside Smile's Gaussian process regression in one run: the same kernel (two hidden ReLU
 * layers), rows, inducing points and noise. Prints lines of a Markdown table.
 *
 * <p>Arguments: diamonds.csv.gz, inducing points, full rows, test rows, rounds. One core is meant:
 * -XX:ActiveProcessorCount=1 and OPENBLAS_NUM_THREADS=1.
 */
public final class SmileComparison {
  private static final double NOISE = 0.02;
  private static final double BIAS = 0.1;
  private static final double WEIGHT = 2;
  private static final Architecture NETWORK =
      Architecture.uniform(Activations.byName("relu").orElseThrow(), 2, BIAS, WEIGHT);

  private final double[][] trainInputs;
  private final double[] trainTargets;
  private final double[][] testInputs;
  private final double[] testTargets;

  private SmileComparison(double[][] rows, int tests) {
    List<double[]> shuffled = new ArrayList<>(Arrays.asList(rows));
    Collections.shuffle(shuffled, new Random(7));
    double[][] all = shuffled.toArray(double[][]::new);
    int features = all[0].length - 1;
    testInputs = inputs(Arrays.copyOf(all, tests));
    testTargets = logs(Arrays.copyOf(all, tests));
    trainInputs = inputs(Arrays.copyOfRange(all, tests, all.length));
    trainTargets = logs(Arrays.copyOfRange(all, tests, all.length));
    for (int k = 0; k < features; k++) {
      int column = k;
      double mean = Arrays.stream(trainInputs).mapToDouble(x -> x[column]).average().orElseThrow();
      double square =
          Arrays.stream(trainInputs)
              .mapToDouble(x -> (x[column] - mean) * (x[column] - mean))
              .average()
              .orElseThrow();
      for (double[][] part : List.of(trainInputs, testInputs)) {
        for (double[] x : part) {
          x[k] = (x[k] - mean) / Math.sqrt(square);
        }
      }
    }
    double mean = Arrays.stream(trainTargets).average().orElseThrow();
    for (double[] part : List.of(trainTargets, testTargets)) {
      for (int i = 0; i < part.length; i++) {
        part[i] -= mean;
      }
    }
  }

  private static double[][] inputs(double[][] rows) {
    return Arrays.stream(rows)
        .map(row -> Arrays.copyOf(row, row.length - 1))
        .toArray(double[][]::new);
  }

  private static double[] logs(double[][] rows) {
    return Arrays.stream(rows).mapToDouble(row -> Math.log(row[row.length - 1])).toArray();
  }

  /** The kernel in closed form (docs/theory.md#relu), pair by pair, as Smile wants it. */
  private static final class ReluLoops implements MercerKernel<double[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public double k(double[] x, double[] y) {
      double kxx = BIAS;
      double kyy = BIAS;
      double kxy = BIAS;
      for (int i = 0; i < x.length; i++) {
        kxx += WEIGHT / x.length * x[i] * x[i];
        kyy += WEIGHT / x.length * y[i] * y[i];
        kxy += WEIGHT / x.length * x[i] * y[i];
      }
      for (int layer = 0; layer < 2; layer++) {
        double size = Math.sqrt(kxx * kyy);
        double cosine = Math.max(-1, Math.min(1, kxy / size));
        double angle = Math.acos(cosine);
        double mean = size * (Math.sin(angle) + (Math.PI - angle) * cosine) / (2 * Math.PI);
        kxy = BIAS + WEIGHT * mean;
        kxx = BIAS + WEIGHT * kxx / 2;
        kyy = BIAS + WEIGHT * kyy / 2;
      }
      return kxy;
    }

    @Override
    public double[] kg(double[] x, double[] y) {
      throw new UnsupportedOperationException("nothing is optimised here");
    }

    @Override
    public MercerKernel<double[]> of(double[] parameters) {
      return this;
    }

    @Override
    public double[] hyperparameters() {
      return new double[0];
    }

    @Override
    public double[] lo() {
      return new double[0];
    }

    @Override
    public double[] hi() {
      return new double[0];
    }
  }

  private record Timed(double fit, double predict, double[] means) {}

  private <M> Timed timed(Supplier<M> fit, Function<M, double[]> predict) {
    long start = System.nanoTime();
    M model = fit.get();
    long fitted = System.nanoTime();
    double[] means = predict.apply(model);
    return new Timed((fitted - start) * 1e-9, (System.nanoTime() - fitted) * 1e-9, means);
  }

  private record Weights(Matrix inputs, Matrix phi) {}

  private double[] means(Weights weights) {
    KernelRow kernels = KernelRow.of(NETWORK, weights.inputs());
    double[] row = new double[weights.inputs().rows()];
    return Arrays.stream(testInputs)
        .mapToDouble(
            x -> {
              kernels.follow(x, row, 0);
              return Products.times(row, weights.phi())[0];
            })
        .toArray();
  }

  private Timed full(int rows) {
    return timed(
        () -> {
          Matrix inputs = Matrix.copyOf(Arrays.copyOf(trainInputs, rows));
          SampleFlow flow = SampleFlow.of(NETWORK, inputs);
          Matrix targets = Matrix.wrap(rows, 1, Arrays.copyOf(trainTargets, rows));
          return new Weights(inputs, NngpPosterior.of(flow.kernel(2), targets, NOISE).phi());
        },
        this::means);
  }

  private Timed smileFull(int rows) {
    return timed(
        () ->
            GaussianProcessRegression.fit(
                Arrays.copyOf(trainInputs, rows),
                Arrays.copyOf(trainTargets, rows),
                new ReluLoops(),
                NOISE,
                false,
                0,
                0),
        model -> Arrays.stream(testInputs).mapToDouble(model::predict).toArray());
  }

  private Timed inducing(int points, int rows) {
    return timed(
        () -> {
          InducingPoints chosen =
              InducingPoints.of(NETWORK, Matrix.copyOf(Arrays.copyOf(trainInputs, points)));
          Projector projector = chosen.projector();
          SumTree<ProjectedSums> tree = new SumTree<>();
          for (int from = 0; from < rows; from += TrainingBlock.ROWS) {
            int to = Math.min(rows, from + TrainingBlock.ROWS);
            TrainingBlock block =
                new TrainingBlock(
                    from / TrainingBlock.ROWS,
                    Matrix.copyOf(Arrays.copyOfRange(trainInputs, from, to)),
                    Matrix.wrap(to - from, 1, Arrays.copyOfRange(trainTargets, from, to)));
            tree.add(block.number(), ProjectedSums.of(projector, block, NOISE, Approximation.DTC));
          }
          InducingPosterior posterior =
              InducingPosterior.of(chosen, tree.total().sum(), Approximation.DTC);
          return new Weights(chosen.inputs(), posterior.nngp().phi());
        },
        this::means);
  }

  private Timed smileInducing(int points, int rows) {
    return timed(
        () ->
            GaussianProcessRegression.fit(
                Arrays.copyOf(trainInputs, rows),
                Arrays.copyOf(trainTargets, rows),
                Arrays.copyOf(trainInputs, points),
                new ReluLoops(),
                NOISE,
                false),
        model -> Arrays.stream(testInputs).mapToDouble(model::predict).toArray());
  }

  private double rmse(double[] means) {
    return Math.sqrt(
        IntStream.range(0, means.length)
            .mapToDouble(i -> Math.pow(means[i] - testTargets[i], 2))
            .average()
            .orElseThrow());
  }

  private void line(String what, String who, List<Timed> rounds) {
    Timed last = rounds.get(rounds.size() - 1);
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.2f | %.2f | %.5f |%n",
        what,
        who,
        rounds.stream().mapToDouble(Timed::fit).min().orElseThrow(),
        rounds.stream().mapToDouble(Timed::predict).min().orElseThrow(),
        rmse(last.means()));
  }

  /** Runs the comparison. */
  public static void main(String[] args) throws IOException {
    int points = Integer.parseInt(args[1]);
    int fullRows = Integer.parseInt(args[2]);
    int tests = Integer.parseInt(args[3]);
    int rounds = Integer.parseInt(args[4]);
    SmileComparison data = new SmileComparison(read(Path.of(args[0])), tests);
    int rows = data.trainInputs.length;
    List<List<Timed>> results = new ArrayList<>();
    IntStream.range(0, 4).forEach(k -> results.add(new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      results.get(0).add(data.full(fullRows));
      results.get(1).add(data.smileFull(fullRows));
      results.get(2).add(data.inducing(points, rows));
      results.get(3).add(data.smileInducing(points, rows));
    }
    System.out.println("| rows | by | fit, s | predict, s | RMSE of log price |");
    System.out.println("|---|---|---|---|---|");
    data.line(fullRows + ", full", "finite-width", results.get(0));
    data.line(fullRows + ", full", "Smile", results.get(1));
    data.line(rows + ", " + points + " points", "finite-width", results.get(2));
    data.line(rows + ", " + points + " points", "Smile", results.get(3));
  }

  private static double[][] read(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .skip(1)
          .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
          .toArray(double[][]::new);
    }
  }
}
