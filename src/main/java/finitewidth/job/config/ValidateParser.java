package finitewidth.job.config;

import finitewidth.data.DataConfig;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.ensemble.EnsembleEstimate;
import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The validate block of a configuration, and what the verb asks of the others. */
public final class ValidateParser {
  /** Beyond, a layer's features alone take gigabytes. */
  private static final long WIDEST = 1L << 20;

  private static final int MOST_ROWS = 10_000;

  /** Sums of pairs, of every batch of networks, come together on the driver. */
  private static final int MOST_KERNEL_ROWS = 100;

  private static final long MOST_DRAWS = 1L << 40;
  private static final List<Integer> WIDTHS = List.of(32, 64, 128, 256, 512);

  /** Standard error of the corrected mean where none is asked for: remainders are small. */
  private static final double TOLERANCE = 0.0005;

  /** Of a small subset, draws cost little. */
  private static final long CONTRACTION_DRAWS = 20_000_000;

  private final ConfigReader values;

  private ValidateParser(ConfigReader values) {
    this.values = values;
  }

  /** Both parts of a validate job. */
  public record Parsed(JobConfig job, ValidateConfig validate) {}

  /**
   * Reads and checks what {@code validate} reads.
   *
   * @throws ConfigException in one sentence: key, value, where, and what would be accepted
   */
  public static Parsed parse(File file, List<String> overrides, List<String> activations) {
    JobConfig job = JobConfigParser.parse(Verb.VALIDATE, file, overrides, activations);
    return new ValidateParser(new ConfigReader(ConfigValues.read(file, overrides))).parsed(job);
  }

  private Parsed parsed(JobConfig job) {
    if (job.autoWidth()) {
      throw values.refuse(
          Key.HIDDEN_WIDTHS,
          "validate draws networks of the widths in validate.widths; here a list is needed, one"
              + " width per hidden layer");
    }
    ContractionConfig contraction = job.contraction();
    if (contraction.quantities() == ContractionConfig.Quantities.MEAN) {
      throw values.refuse(
          Key.QUANTITIES, "validate compares variances and log evidence too; accepted is all");
    }
    boolean hiddenKernels = values.flag(Key.VALIDATE_HIDDEN_KERNELS);
    DataConfig rows = data(job.data());
    if (hiddenKernels) {
      requireHiddenKernels(job, rows.trainRows());
    }
    JobConfig subset =
        new JobConfig(
            rows,
            job.preprocess(),
            job.network(),
            job.noiseVariance(),
            job.evidence(),
            false,
            List.of(),
            hiddenKernels
                ? accurate(contraction).with(ContractionConfig.Engine.EXACT)
                : accurate(contraction),
            Optional.empty(),
            job.output(),
            job.flow(),
            job.strict());
    long draws =
        values
            .whole(Key.VALIDATE_DRAWS, EnsembleEstimate.GROUPS, MOST_DRAWS)
            .orElseGet(() -> Long.valueOf(Key.VALIDATE_DRAWS.standard()));
    return new Parsed(
        subset, new ValidateConfig(widths(job), draws, contraction.seed(), hiddenKernels));
  }

  /** Hidden kernels are summed pair by pair, beside what only the exact contraction gives. */
  private void requireHiddenKernels(JobConfig job, OptionalInt trainRows) {
    List<NetworkConfig> candidates =
        job.evidence().map(EvidenceConfig::candidates).orElse(List.of(job.network()));
    if (job.contraction().engine() == ContractionConfig.Engine.SAMPLED) {
      throw values.refuse(
          Key.VALIDATE_HIDDEN_KERNELS,
          "needs the exact contraction; set contraction.engine = exact or auto, or leave the key"
              + " out");
    }
    for (NetworkConfig candidate : candidates) {
      if (Networks.exact(candidate).isEmpty()) {
        throw values.refuse(
            Key.VALIDATE_HIDDEN_KERNELS,
            "needs four-point moments, which network.activation = "
                + candidate.activation()
                + " has not; leave the key out, or take one of the activations "
                + String.join(", ", Activations.exactNames()));
      }
    }
    if (trainRows.orElseThrow() > MOST_KERNEL_ROWS) {
      throw values.refuse(
          Key.VALIDATE_HIDDEN_KERNELS,
          "kernels are summed pair by pair, over at most "
              + MOST_KERNEL_ROWS
              + " training rows, and "
              + Key.VALIDATE_TRAIN_ROWS
              + " = "
              + trainRows.getAsInt()
              + "; leave the key out, or take fewer rows");
    }
  }

  /** The sampled contraction's noise must be below the remainders. */
  private ContractionConfig accurate(ContractionConfig given) {
    return new ContractionConfig(
        given.engine(),
        given.quadrature(),
        values.has(Key.TOLERANCE) ? given.tolerance() : TOLERANCE,
        given.seed(),
        values.has(Key.MAX_DRAWS) ? given.maxDraws() : CONTRACTION_DRAWS,
        OptionalInt.empty(),
        given.quantities());
  }

  /** A smaller choice with the same seed is part of a larger one: a subset of the fit's rows. */
  private DataConfig data(DataConfig given) {
    return given.withRows(
        rows(Key.VALIDATE_TRAIN_ROWS, 2, Key.DATA_TRAIN_ROWS, given.trainRows()),
        rows(Key.VALIDATE_TEST_ROWS, 1, Key.DATA_TEST_ROWS, given.testRows()));
  }

  private OptionalInt rows(Key key, int fewest, Key of, OptionalInt whole) {
    int standard = Integer.parseInt(key.standard());
    if (!values.has(key)) {
      return OptionalInt.of(Math.min(standard, whole.orElse(standard)));
    }
    int rows = values.whole(key, fewest, MOST_ROWS).orElseThrow().intValue();
    if (whole.isPresent() && rows > whole.getAsInt()) {
      throw values.refuse(
          key, "a subset of the rows in " + of + " = " + whole.getAsInt() + " is drawn");
    }
    return OptionalInt.of(rows);
  }

  private List<Integer> widths(JobConfig job) {
    String accepted =
        "accepted is a list of different whole numbers from 1 to " + WIDEST + ", at least one";
    if (!values.has(Key.VALIDATE_WIDTHS) && job.widths().isEmpty()) {
      return WIDTHS;
    }
    if (!values.has(Key.VALIDATE_WIDTHS)) {
      if (!job.widths().stream().allMatch(w -> w == Math.rint(w) && w <= WIDEST)) {
        throw values.refuse(
            Key.WIDTHS,
            "networks of these widths are to be drawn: set validate.widths, or whole numbers from"
                + " 1 to "
                + WIDEST);
      }
      return job.widths().stream().map(Double::intValue).sorted().toList();
    }
    List<Long> widths = values.wholes(Key.VALIDATE_WIDTHS, 1, WIDEST, accepted).orElse(List.of());
    if (widths.isEmpty() || widths.stream().distinct().count() < widths.size()) {
      throw values.refuse(Key.VALIDATE_WIDTHS, accepted);
    }
    return widths.stream().map(Long::intValue).sorted().toList();
  }
}
