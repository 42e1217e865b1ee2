package finitewidth.benchmark;

import com.sun.management.OperatingSystemMXBean;
import finitewidth.evidence.EvidenceFit;
import finitewidth.evidence.EvidenceSettings;
import finitewidth.evidence.FittedHyperparameters;
import finitewidth.evidence.Hyperparameters;
import finitewidth.evidence.ProjectedRows;
import finitewidth.inducing.Approximation;
import finitewidth.inducing.BlockPass;
import finitewidth.inducing.ConditionalVariances;
import finitewidth.inducing.TrainingBlock;
import finitewidth.inducing.TrainingPasses;
import finitewidth.linalg.Blas;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Summable;
import finitewidth.oracle.Problems;
import finitewidth.runtime.BlockPasses;
import finitewidth.runtime.GatheredRows;
import finitewidth.runtime.NumberedRow;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/**
 * Seconds of one evaluation of the evidence through inducing points, and of its passes, by the
 * clock and by what the process has had of the processors, which a busy machine changes less.
 */
final class EvidenceBenchmark {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private EvidenceBenchmark() {}

  /** Passes with a clock. */
  private record Timed(
      TrainingPasses passes, Map<String, List<Double>> seconds, Map<String, List<Double>> cpu)
      implements TrainingPasses {
    @Override
    public long rows() {
      return passes.rows();
    }

    @Override
    public int outputs() {
      return passes.outputs();
    }

    @Override
    public <T extends Summable<T>> T sum(BlockPass<T> pass) {
      String name = pass.getClass().getSimpleName();
      long start = System.nanoTime();
      long cpuStart = PROCESS.getProcessCpuTime();
      T sums = passes.sum(pass);
      add(seconds, name, (System.nanoTime() - start) * 1e-9);
      add(cpu, name, (PROCESS.getProcessCpuTime() - cpuStart) * 1e-9);
      return sums;
    }

    private static void add(Map<String, List<Double>> to, String name, double time) {
      to.computeIfAbsent(name, unused -> new ArrayList<>()).add(time);
    }
  }

  private static double median(List<Double> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  /**
   * Arguments: master, rows, features, activation, hidden layers, input scales (true or false), dtc
   * or fitc, then numbers of inducing points.
   */
  public static void main(String[] arguments) {
    int rows = Integer.parseInt(arguments[1]);
    int features = Integer.parseInt(arguments[2]);
    boolean scales = Boolean.parseBoolean(arguments[5]);
    Approximation approximation =
        arguments[6].equals("dtc") ? Approximation.DTC : Approximation.FITC;
    Matrix inputs = Problems.gaussian(rows, features, 1);
    Matrix noise = Problems.gaussian(rows, 1, 2);
    List<NumberedRow> numbered = new ArrayList<>();
    for (int x = 0; x < rows; x++) {
      double target =
          Math.sin(2 * inputs.get(x, 0))
              + inputs.get(x, 1) * inputs.get(x, 2)
              + 0.2 * noise.get(x, 0);
      numbered.add(new NumberedRow(x, inputs.row(x), new double[] {target}));
    }
    Hyperparameters given =
        new Hyperparameters(
            Problems.network(arguments[3], Integer.parseInt(arguments[4])), 0.1, new double[0]);
    System.out.println("BLAS: " + Blas.description());
    SparkConf conf =
        new SparkConf()
            .setMaster(arguments[0])
            .setAppName("EvidenceBenchmark")
            .set("spark.ui.enabled", "false");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      JavaRDD<TrainingBlock> blocks =
          GatheredRows.of(spark.parallelize(numbered), rows, spark.defaultParallelism())
              .persist(StorageLevel.MEMORY_AND_DISK());
      for (String points : Arrays.asList(arguments).subList(7, arguments.length)) {
        int u = Integer.parseInt(points);
        Matrix sample =
            Matrix.wrap(10 * u, features, Arrays.copyOf(inputs.data(), 10 * u * features));
        Matrix inducing =
            Matrix.copyOf(
                Arrays.stream(ConditionalVariances.choose(given.network(), sample, u))
                    .mapToObj(sample::row)
                    .toArray(double[][]::new));
        Map<String, List<Double>> seconds = new TreeMap<>();
        Map<String, List<Double>> cpu = new TreeMap<>();
        TrainingPasses passes =
            new Timed(new BlockPasses(blocks, rows, 1, "evidence of training rows"), seconds, cpu);
        long start = System.nanoTime();
        long cpuStart = PROCESS.getProcessCpuTime();
        FittedHyperparameters fitted =
            EvidenceFit.of(
                given,
                new ProjectedRows(inducing, approximation, passes),
                new EvidenceSettings(EvidenceSettings.NOISE_FLOOR, scales, 1, 1));
        double total = (System.nanoTime() - start) * 1e-9;
        double totalCpu = (PROCESS.getProcessCpuTime() - cpuStart) * 1e-9;
        System.out.printf(
            "%d rows, %d points: %d evaluations, %.3f s each, %.3f s CPU; log evidence %.2f,"
                + " noise %.4f%n",
            rows,
            inducing.rows(),
            fitted.evaluations(),
            total / (fitted.evaluations() + 2),
            totalCpu / (fitted.evaluations() + 2),
            fitted.logEvidence(),
            fitted.hyperparameters().noiseVariance());
        seconds.forEach(
            (name, times) ->
                System.out.printf(
                    "  %-16s %4d passes, median %.3f s, %.3f s CPU%n",
                    name, times.size(), median(times), median(cpu.get(name))));
      }
    }
  }
}
