package finitewidth.job.config;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonCreator;
import finitewidth.data.DataConfig;
import finitewidth.gaussian.activations.Activations;
import finitewidth.settings.Key;
import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A {@code validate}: what it adds to a job, and the job with the rows, engine and accuracy that
 * the comparison needs.
 */
public record ValidateSetup(JobConfig job, ValidateConfig validate) {
  private static final int MOST_ROWS = 10_000;

  /** Sums of pairs, of every batch of networks, come together on the driver. */
  private static final int MOST_KERNEL_ROWS = 100;

  private static final List<Integer> WIDTHS = List.of(32, 64, 128, 256, 512);

  /** Standard error of the corrected mean where none is asked for: remainders are small. */
  private static final double TOLERANCE = 0.0005;

  /** Errors come from the scatter between chains, which fewer say little of. */
  private static final int CHAINS = 16;

  /** Of each chain, where none are asked for: they are not saved. */
  private static final int STATES = 400;

  /** Of a small subset, draws cost little. */
  private static final long CONTRACTION_DRAWS = 20_000_000;

  /**
   * Reads and checks what {@code validate} reads.
   *
   * @throws ConfigException in one sentence: key, value, where, and what would be accepted
   */
  public static ValidateSetup parse(File file, List<String> overrides, List<String> activations) {
    return Binder.read(
        ConfigValues.read(file, overrides),
        activations,
        binder -> {
          JobConfig.read(binder, Verb.VALIDATE);
          return binder.bind(ValidateSetup.class);
        });
  }

  @JsonCreator
  static ValidateSetup of(
      @JacksonInject JobConfig job,
      @From(Key.VALIDATE_TRAIN_ROWS) Optional<Integer> trainRows,
      @From(Key.VALIDATE_TEST_ROWS) Optional<Integer> testRows,
      @From(Key.VALIDATE_WIDTHS) Optional<List<Integer>> widths,
      @From(Key.VALIDATE_METHOD) ValidateConfig.Method method,
      @From(value = Key.VALIDATE_METHODS, orOne = true)
          Optional<List<PosteriorConfig.Method>> methods,
      @From(Key.VALIDATE_DRAWS) long draws,
      @From(Key.NETWORKS_CHAINS) Optional<Integer> chains,
      @From(Key.NETWORKS_STATES) Optional<Integer> states,
      @From(Key.VALIDATE_HIDDEN_KERNELS) boolean hiddenKernels,
      @From(Key.MAX_DRAWS) Optional<Long> maxDraws) {
    Refusal.when(
        job.autoWidth(),
        Key.HIDDEN_WIDTHS,
        "validate has networks of the widths in validate.widths; here a list is needed, one"
            + " width per hidden layer");
    ContractionConfig given = job.contraction();
    Refusal.when(
        given.quantities() == ContractionConfig.Quantities.MEAN,
        Key.QUANTITIES,
        "validate compares variances and log evidence too; accepted is all");
    DataConfig data = job.data();
    // A smaller choice with the same seed is part of a larger one: a subset of the fit's rows.
    int rows = rows(Key.VALIDATE_TRAIN_ROWS, trainRows, 2, Key.DATA_TRAIN_ROWS, data.trainRows());
    int tests = rows(Key.VALIDATE_TEST_ROWS, testRows, 1, Key.DATA_TEST_ROWS, data.testRows());
    if (hiddenKernels) {
      requireHiddenKernels(job, rows);
      Refusal.when(
          method == ValidateConfig.Method.CHAINS,
          Key.VALIDATE_METHOD,
          "kernels of hidden layers are compared with draws alone; set draws or auto, or leave"
              + " validate.hidden-kernels out");
    }
    List<PosteriorConfig.Method> judged = judged(job, methods.orElse(List.of()));
    int many = chains.orElse(CHAINS);
    ContractionConfig accurate = accurate(given, maxDraws, hiddenKernels);
    return new ValidateSetup(
        job.subset(data.withRows(OptionalInt.of(rows), OptionalInt.of(tests)), accurate),
        new ValidateConfig(
            widths.orElseGet(() -> drawn(reported(job))).stream().sorted().toList(),
            judged,
            TruthWay.of(job, judged, method, hiddenKernels),
            draws,
            job.posterior().chains().with(many, states.orElse(many * STATES)).withEvidence(),
            given.seed(),
            hiddenKernels));
  }

  /** The job's method and the others, each of which must be able to take the job. */
  private static List<PosteriorConfig.Method> judged(
      JobConfig job, List<PosteriorConfig.Method> others) {
    Refusal.unless(Refusal.differ(others), Key.VALIDATE_METHODS);
    PosteriorConfig.Method first = job.posterior().method();
    for (PosteriorConfig.Method method : others) {
      JobConfig other = job.by(method);
      try {
        other.posterior().check(other, Verb.VALIDATE);
      } catch (Refusal refusal) {
        throw refusal.insteadOf(Key.METHOD, Key.VALIDATE_METHODS);
      }
    }
    return Stream.concat(Stream.of(first), others.stream()).distinct().toList();
  }

  /** The sampled contraction's noise must be below the remainders. */
  private static ContractionConfig accurate(
      ContractionConfig given, Optional<Long> maxDraws, boolean hiddenKernels) {
    boolean exact = given.engine() == ContractionConfig.Engine.EXACT;
    Optional<Double> sampled =
        hiddenKernels ? Optional.empty() : Optional.of(given.error().orElse(TOLERANCE));
    return new ContractionConfig(
        hiddenKernels ? ContractionConfig.Engine.EXACT : given.engine(),
        exact ? given.error() : sampled,
        given.seed(),
        maxDraws.orElse(CONTRACTION_DRAWS),
        Optional.empty(),
        given.quantities());
  }

  private static int rows(Key key, Optional<Integer> given, int fewest, Key of, OptionalInt whole) {
    int standard = Integer.parseInt(key.standard());
    int rows = given.orElse(Math.min(standard, whole.orElse(standard)));
    Refusal.when(
        rows < fewest || rows > MOST_ROWS,
        key,
        "accepted is a whole number from %d to %d",
        fewest,
        MOST_ROWS);
    Refusal.when(
        rows > whole.orElse(rows),
        key,
        "a subset of the rows in %s = %d is drawn",
        of,
        whole.orElse(rows));
    return rows;
  }

  /** Hidden kernels are summed pair by pair, beside what only the exact contraction gives. */
  private static void requireHiddenKernels(JobConfig job, int trainRows) {
    Key key = Key.VALIDATE_HIDDEN_KERNELS;
    Refusal.when(
        !job.posterior().contracts(),
        key,
        "%s has no kernels of hidden layers; accepted is false",
        Words.of(job.posterior().method()));
    Refusal.when(
        job.contraction().engine() == ContractionConfig.Engine.SAMPLED,
        key,
        "needs the exact contraction; set contraction.engine = exact or auto, or leave the key"
            + " out");
    for (NetworkConfig prior : job.priors()) {
      Refusal.when(
          Networks.withFourPoints(prior).isEmpty(),
          key,
          "needs four-point moments, which network.activation = %s has not; leave the key out, or"
              + " take one of the activations %s",
          prior.activation(),
          String.join(", ", Activations.namesWithFourPoints()));
    }
    Refusal.when(
        trainRows > MOST_KERNEL_ROWS,
        key,
        "kernels are summed pair by pair, over at most %d training rows, and %s = %d; leave the key"
            + " out, or take fewer rows",
        MOST_KERNEL_ROWS,
        Key.VALIDATE_TRAIN_ROWS,
        trainRows);
  }

  /** Of infinite width alone a fit reports no others, and is held against those that are named. */
  private static List<Double> reported(JobConfig job) {
    return job.posterior().isInfinite() ? job.reported() : job.widths();
  }

  /** The widths that the job reports, as widths of networks that can be drawn. */
  private static List<Integer> drawn(List<Double> widths) {
    Refusal.when(
        !widths.stream().allMatch(w -> w == Math.rint(w) && w <= ValidateConfig.WIDEST),
        Key.WIDTHS,
        "networks of these widths are to be drawn: set validate.widths, or whole numbers from 1 to"
            + " %d",
        ValidateConfig.WIDEST);
    return widths.isEmpty() ? WIDTHS : widths.stream().map(Double::intValue).toList();
  }
}
