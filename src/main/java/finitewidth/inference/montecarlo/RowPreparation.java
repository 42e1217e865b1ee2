package finitewidth.inference.montecarlo;

import finitewidth.linalg.RowPanel;
import finitewidth.prior.SampleFlow;
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
   * Prepares the rows of one block; missing ones are filled up.
   *
   * @param features one array for each of at most {@link RowBlock#ROWS} rows
   * @param projector gives w of each row in turn, and of those that fill up the block
   */
  public RowBlock prepare(double[][] features, RowProjector projector) {
    SampleFlow flow = contraction.problem().contraction().flow();
    RowFlows flows = new RowFlows(flow, selfEnergies, RowPanel.filled(features), projector);
    List<SourceRows> sources =
        contraction.sources().stream().map(source -> source.rows(flows)).toList();
    return new RowBlock(sources);
  }
}
