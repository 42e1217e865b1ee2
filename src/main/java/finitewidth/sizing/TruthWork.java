package finitewidth.sizing;

import finitewidth.inference.networks.Chains;
import java.util.List;

/**
 * How the exact posterior of finite networks is had.
 *
 * @param way by which it is
 * @param widths of all hidden layers, one choice after another
 * @param draws of each, where networks are drawn
 * @param hiddenKernels whether draws are asked for kernels of hidden layers, too
 * @param chains where there are chains
 */
public record TruthWork(
    Way way, List<Integer> widths, double draws, boolean hiddenKernels, Chains chains) {

  /** What leads there. */
  public enum Way {
    DRAWS,
    CHAINS,
    EITHER
  }

  public TruthWork {
    widths = List.copyOf(widths);
  }
}
