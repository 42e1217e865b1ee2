package finitewidth.inference.networks;

import finitewidth.inference.Conditioned;
import java.util.List;

/** What chains leave, and how they have fared. */
public interface ChainFit extends Conditioned {

  /** Of the chains of each network, in the order of widths. */
  List<ChainFigures> figures();
}
