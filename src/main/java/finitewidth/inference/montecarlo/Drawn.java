package finitewidth.inference.montecarlo;

import finitewidth.inference.Account;
import finitewidth.inference.Conditioned;
import finitewidth.inference.FirstOrder;
import finitewidth.inference.Posterior;
import finitewidth.posterior.HiddenKernel;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Widths;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the stopping rule has settled on, and what it was worth. */
record Drawn(
    DrawRounds.Settled settled,
    List<Prediction> atProbe,
    List<HiddenKernel> hiddenKernels,
    Optional<FirstOrder.Shifts> shifts)
    implements Conditioned {

  @Override
  public Posterior posterior() {
    return settled.drawn();
  }

  /** All corrections go with the inverse of the widths, and so do their errors. */
  private double error(Widths widths) {
    return settled.error() / widths.over(settled.settings().widths());
  }

  /** Whether the tolerance was met, at the widths that were settled at. */
  private boolean met() {
    return settled.error() <= settled.settings().tolerance();
  }

  @Override
  public Account account(Widths widths) {
    return new Account(
        Sampled.NAME,
        0,
        Arrays.stream(settled.draws()).boxed().toList(),
        OptionalDouble.empty(),
        OptionalDouble.of(error(widths)),
        OptionalDouble.of(settled.settings().tolerance()),
        met(),
        List.of());
  }

  @Override
  public List<String> warnings(String rows, Widths widths) {
    double error = error(widths);
    Sampling settings = settled.settings();
    if (error <= settings.tolerance()) {
      return List.of();
    }
    if (met()) {
      return List.of(
          String.format(
              Locale.ROOT,
              "at the width that was chosen, %s, the standard error of the mean is %.3g of the NNGP"
                  + " deviation for 95 %% of the %s, above {TOLERANCE} = %s; set {HIDDEN_WIDTHS} to"
                  + " it to have it met",
              widths,
              error,
              rows,
              settings.tolerance()));
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "{MAX_DRAWS} = %d was reached before {TOLERANCE} = %s: the standard error of the mean"
                + " is %.3g of the NNGP deviation for 95 %% of the %s",
            settings.maxDraws(),
            settings.tolerance(),
            error,
            rows));
  }
}
