package finitewidth.inference.networks;

import finitewidth.inference.Fitted;
import java.util.List;

/** What chains leave, and how they have fared. */
public interface ChainFit extends Fitted {

  /** Of the chains of each network, in the order of widths. */
  List<ChainFigures> figures();
}
