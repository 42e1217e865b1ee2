package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.oracle.Golden;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Chains against posteriors that importance sampling from the prior knows. */
class ChainTest {
  private static final int CHAINS = 16;

  static List<GoldenNetwork> cases() {
    return GoldenNetwork.list("cases");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithImportanceSampling(GoldenNetwork golden) {
    NetworkProblem problem = golden.problem();
    NetworkShape shape = problem.shape(golden.widths());
    long t0 = System.nanoTime();
    Schedule schedule = new Pilot(problem, shape, 5).run(1000);
    long t1 = System.nanoTime();
    ProbeRows rows = ProbeRows.of(problem, golden.tests());
    Chain chain = new Chain(problem, shape, schedule, new Chain.Plan(5, 100, 10), rows);
    int draws = 400;
    int numbers = rows.rows() * problem.outputs();
    double[][] means = new double[CHAINS][numbers];
    double[][] squares = new double[CHAINS][numbers];
    double[] forward = new double[CHAINS];
    double[] backward = new double[CHAINS];
    double acc = 0;
    double h = 0;
    for (int c = 0; c < CHAINS; c++) {
      ChainState state = chain.start(c);
      state = chain.advance(state, new Stretch(Phase.ANNEALING, schedule.steps(), 1)).state();
      forward[c] = state.forward();
      state = chain.advance(state, new Stretch(Phase.ADAPTING, 100, 1)).state();
      h += state.metric().step() / CHAINS;
      Chain.Done done = chain.advance(state, new Stretch(Phase.DRAWING, draws, 1));
      state = done.state();
      acc += state.acceptance() / draws / CHAINS;
      double[] seen = done.trace().means();
      for (int k = 0; k < draws; k++) {
        for (int i = 0; i < numbers; i++) {
          means[c][i] += seen[k * numbers + i] / draws;
          squares[c][i] += seen[k * numbers + i] * seen[k * numbers + i] / draws;
        }
      }
      for (int i = 0; i < numbers; i++) {
        squares[c][i] += state.variances()[i % rows.rows()] / draws;
      }
      state = chain.advance(state, new Stretch(Phase.RETURNING, schedule.steps(), 1)).state();
      backward[c] = state.backward();
    }
    long t2 = System.nanoTime();
    double[] mean = Golden.flat(golden.json().get("mean"));
    double[] meanError = Golden.flat(golden.json().get("mean_se"));
    double[] var = Golden.flat(golden.json().get("var"));
    double[] varError = Golden.flat(golden.json().get("var_se"));
    StringBuilder line =
        new StringBuilder(
            golden
                + " K "
                + schedule.steps()
                + " L "
                + schedule.length()
                + " h "
                + h
                + " acc "
                + acc
                + " z ");
    List<Double> zs = new ArrayList<>();
    for (int x = 0; x < rows.rows(); x++) {
      for (int i = 0; i < problem.outputs(); i++) {
        int at = i * rows.rows() + x;
        int g = x * problem.outputs() + i;
        double[] m = new double[CHAINS];
        double[] v = new double[CHAINS];
        double all = 0;
        for (int c = 0; c < CHAINS; c++) {
          m[c] = means[c][at];
          all += m[c] / CHAINS;
        }
        for (int c = 0; c < CHAINS; c++) {
          // The variance about the mean over all chains; linear in the chain.
          v[c] = squares[c][at] - 2 * all * m[c] + all * all;
        }
        zs.add((avg(m) - mean[g]) / Math.hypot(se(m), meanError[g]));
        zs.add((avg(v) - var[g]) / Math.hypot(se(v), varError[g]));
      }
    }
    zs.forEach(z -> line.append(String.format("%.1f ", z)));
    line.append(" logZ ")
        .append(golden.json().get("logZ"))
        .append(" f ")
        .append(avg(forward))
        .append(" ")
        .append(lme(forward, 1))
        .append(" r ")
        .append(avg(backward))
        .append(" ")
        .append(lme(backward, -1));
    line.append(" pilot ms ").append((t1 - t0) / 1e6).append(" chains ").append((t2 - t1) / 1e6);
    System.out.println(line);
    assertThat(zs).allMatch(z -> Math.abs(z) < 4);
  }

  private static double lme(double[] x, int sign) {
    double max = -1e300;
    for (double v : x) max = Math.max(max, sign * v);
    double s = 0;
    for (double v : x) s += Math.exp(sign * v - max) / x.length;
    return sign * (max + Math.log(s));
  }

  private static double avg(double[] x) {
    double s = 0;
    for (double v : x) s += v / x.length;
    return s;
  }

  private static double se(double[] x) {
    double m = avg(x);
    double s = 0;
    for (double v : x) s += (v - m) * (v - m);
    return Math.sqrt(s / (x.length - 1) / x.length);
  }
}
