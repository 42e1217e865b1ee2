package finitewidth.sampled;

import finitewidth.flow.SampleFlow;
import java.util.List;

/** Prepares blocks of rows: O(P² H) for a row. Belongs to one thread. */
public final class RowPreparation {
  private final SampledContraction contraction;
  private final SelfEnergies selfEnergies;

  RowPreparation(SampledContraction contraction) {
    this.contraction = contraction;
    selfEnergies = new SelfEnergies(contraction.problem().contraction());
  }

  /**
   * @param features one array for each row
   * @param projector gives w of each row in turn
   */
  public RowBlock prepare(double[][] features, RowProjector projector) {
    SampleFlow flow = contraction.problem().contraction().flow();
    RowFlows flows = new RowFlows(flow, selfEnergies, features, projector);
    List<SourceRows> sources =
        contraction.sources().stream().map(source -> source.rows(flows)).toList();
    return new RowBlock(sources);
  }
}
