package finitewidth.inference.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Ask;
import finitewidth.inference.ChainReport;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Order;
import finitewidth.inference.RowPredictions;
import finitewidth.inference.ensemble.EnsembleEstimate;
import finitewidth.inference.ensemble.EnsemblePilot;
import finitewidth.inference.ensemble.EnsembleProblem;
import finitewidth.inference.ensemble.Estimates;
import finitewidth.inference.exact.ExactPosterior;
import finitewidth.inference.exact.Fit;
import finitewidth.inference.networks.Chains;
import finitewidth.inference.networks.NetworkChains;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The exact posterior of ten rows by weighted draws and by chains. */
class TwoTruthsTest {
  private static final double NOISE = 0.3;
  private static final int WIDTH = 24;
  private static final Architecture NETWORK =
      Architecture.uniform(Activations.byName("relu").orElseThrow(), 1, 0.1, 1.6);
  private static final Matrix TRAINING = Problems.gaussian(10, 3, 61);
  private static final Matrix TARGETS = Problems.gaussian(10, 1, 161);
  private static final Matrix TESTS = Problems.gaussian(6, 3, 62);
  private static EnsembleEstimate draws;
  private static ChainTruth chains;
  private static WeightedMoments nngp;
  private static WeightedMoments corrected;

  @BeforeAll
  static void both() {
    draws =
        Estimates.of(
            new EnsembleProblem(NETWORK, TRAINING, TARGETS, NOISE, TESTS), 5, 64_000, WIDTH);
    List<double[]> tests = new ArrayList<>();
    for (int x = 0; x < TESTS.rows(); x++) {
      tests.add(TESTS.row(x));
    }
    Widths widths = Widths.of(WIDTH);
    LocalRuntime runtime = LocalRuntime.threads(1);
    Conditioned fit =
        new NetworkChains(new Chains(List.of(widths), 16, 400, 3200, 400, 3).toTheEnd())
            .condition(
                Conditioning.of(
                    new Conditioning.Settings(NETWORK, true, 1e-9, NOISE),
                    TRAINING,
                    TARGETS,
                    LongStream.range(0, 10).boxed().toList()),
                Ask.rows(tests),
                runtime);
    ChainReport report = fit.account(widths).chains().get(0);
    assertThat(report.iterations()).isEqualTo(400);
    chains =
        new ChainTruth(
            RowPredictions.of(
                    runtime, fit.posterior(), Order.CORRECTED, tests.toArray(double[][]::new))
                .stream()
                .map(row -> ChainMoments.of(row.at(widths), 16))
                .toList(),
            new ChainTruth.Evidence(
                fit.posterior().logEvidence().at(widths),
                fit.posterior().logEvidence().error(widths)),
            report.leastDraws(),
            report.isConverged());
    firstOrder(widths);
  }

  private static void firstOrder(Widths widths) {
    ExactPosterior fitted = Fit.of(NETWORK, TRAINING, TARGETS, NOISE);
    double[][][] moments = new double[4][TESTS.rows()][];
    for (int x = 0; x < TESTS.rows(); x++) {
      Prediction row = fitted.predictor().predict(TESTS.row(x));
      moments[0][x] = row.nngpMean();
      moments[1][x] = new double[] {row.nngpVariance()};
      moments[2][x] = row.at(widths).mean();
      moments[3][x] = row.at(widths).variance();
    }
    nngp = WeightedMoments.exact(moments[0], moments[1], fitted.logEvidence().nngp());
    corrected = WeightedMoments.exact(moments[2], moments[3], fitted.logEvidence().at(widths));
  }

  /** 13 numbers within 4 standard errors: by chance in 1 of 70 seeds, 15 degrees of freedom. */
  @Test
  void agree() {
    WeightedMoments a = draws.posterior();
    WeightedMoments b = chains.posterior();
    for (int x = 0; x < TESTS.rows(); x++) {
      double error = Math.hypot(a.meanError()[x][0], b.meanError()[x][0]);
      assertThat(error).isLessThan(0.05 * Math.sqrt(a.variance()[x][0]));
      assertThat(b.mean()[x][0]).isCloseTo(a.mean()[x][0], within(4 * error));
      double spread = Math.hypot(a.varianceError()[x][0], b.varianceError()[x][0]);
      assertThat(spread).isLessThan(0.05 * a.variance()[x][0]);
      assertThat(b.variance()[x][0]).isCloseTo(a.variance()[x][0], within(4 * spread));
    }
    double evidence = Math.hypot(a.logEvidenceError(), b.logEvidenceError());
    assertThat(evidence).isLessThan(0.1);
    assertThat(b.logEvidence()).isCloseTo(a.logEvidence(), within(4 * evidence));
  }

  /** Distances of the NNGP agree, too, and neither way contradicts the other. */
  @Test
  void judgeAlike() {
    List<Comparison> byDraws = Comparison.of(draws, nngp, corrected);
    List<Comparison> byChains = Comparison.of(chains, nngp, corrected);
    for (int q = 0; q < 3; q++) {
      Distance a = byDraws.get(q).nngp();
      Distance b = byChains.get(q).nngp();
      assertThat(b.square())
          .as("%s", byDraws.get(q).quantity())
          .isCloseTo(a.square(), within(4 * Math.hypot(a.squareError(), b.squareError())));
    }
    assertThat(chains.silence()).isEmpty();
    assertThat(Trust.of(draws, byDraws)).isEqualTo(Trust.TRUSTWORTHY);
    // Shorter chains may leave open whether half of the distance is gone.
    assertThat(Trust.of(chains, byChains)).isIn(Trust.TRUSTWORTHY, Trust.NEARER, Trust.UNDECIDED);
    // The NNGP is no nearer than itself.
    assertThat(Trust.of(chains, Comparison.of(chains, nngp, nngp))).isEqualTo(Trust.UNDECIDED);
  }

  @Test
  void aPilotKnowsWhetherDrawsWillDo() {
    EnsemblePilot pilot = pilot(NOISE);
    assertThat(pilot.draws()).isEqualTo(2048);
    double share = draws.effectiveDraws() / draws.draws();
    assertThat(pilot.expected(64_000) / 64_000).isBetween(0.5 * share, 2 * share);
    assertThat(pilot.suffices(64_000)).isTrue();
    assertThat(pilot.suffices((long) (50 / share))).isFalse();
    EnsemblePilot hopeless = pilot(1e-4);
    assertThat(hopeless.effectiveDraws()).isLessThan(20);
    assertThat(hopeless.suffices(1L << 40)).isFalse();
  }

  private static EnsemblePilot pilot(double noise) {
    return EnsemblePilot.of(
        NETWORK, TRAINING, TARGETS, noise, Widths.of(WIDTH), 1L << 40, 3, LocalRuntime.threads(1));
  }
}
