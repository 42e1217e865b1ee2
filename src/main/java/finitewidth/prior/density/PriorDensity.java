package finitewidth.prior.density;

import finitewidth.prior.Architecture;
import finitewidth.prior.PointFlow;
import finitewidth.prior.PointSelfEnergy;
import finitewidth.prior.Widths;
import java.util.Optional;

/**
 * The prior density of one output at one input: Gaussian at infinite width, Edgeworth to first
 * order in 1/width, and exact where that is known.
 *
 * @param kernel K, the output's variance at infinite width, positive
 * @param selfEnergy S
 * @param vertex V
 * @param exact empty with the reason in {@link ExactDensity#refusal}
 */
public record PriorDensity(
    double kernel, double selfEnergy, double vertex, Optional<ExactDensity> exact) {

  /** Of the fourth moments, where they are by quadrature. */
  private static final double TOLERANCE = 1e-13;

  /**
   * Follows one input.
   *
   * @param inputVariance K of the first layer, not negative
   * @return empty where K = 0: the output is always zero
   */
  public static Optional<PriorDensity> of(
      Architecture architecture, Widths widths, double inputVariance) {
    PointFlow flow = PointFlow.of(architecture, inputVariance);
    int hidden = architecture.hiddenLayers();
    double kernel = flow.kernel(hidden);
    if (!(kernel > 0)) {
      return Optional.empty();
    }
    PointSelfEnergy self = PointSelfEnergy.of(architecture, flow, TOLERANCE);
    double selfEnergy = 0;
    double vertex = 0;
    for (int s = 0; s < hidden; s++) {
      selfEnergy += self.selfEnergy(hidden, s) / widths.width(s);
      vertex += self.vertex(hidden, s) / widths.width(s);
    }
    Optional<ExactDensity> exact =
        ExactDensity.refusal(architecture, widths).isPresent()
            ? Optional.empty()
            : Optional.of(ExactDensity.of(architecture, widths, inputVariance));
    return Optional.of(new PriorDensity(kernel, selfEnergy, vertex, exact));
  }

  /** First order. */
  public Edgeworth edgeworth() {
    return Edgeworth.prior(kernel, selfEnergy, vertex);
  }

  /** Where it is drawn. */
  public DensityGrid grid() {
    return new DensityGrid(Math.sqrt(kernel));
  }
}
