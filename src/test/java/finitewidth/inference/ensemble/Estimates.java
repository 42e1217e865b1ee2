package finitewidth.inference.ensemble;

import java.util.ArrayList;
import java.util.List;

/** All batches of an estimate on one thread, without Spark. */
public final class Estimates {
  private Estimates() {}

  public static EnsembleEstimate of(EnsembleProblem problem, long seed, long draws, int... widths) {
    EnsembleWorker worker = new EnsembleWorker(problem, widths);
    List<DrawSums> batches = new ArrayList<>();
    for (int batch = 0; batch < EnsembleEstimate.GROUPS; batch++) {
      batches.add(worker.compute(seed, batch, draws / EnsembleEstimate.GROUPS));
    }
    return new EnsembleEstimate(problem, batches);
  }
}
