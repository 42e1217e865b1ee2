package finitewidth.inference;

/** What has ended the draws of chains. */
public enum ChainEnd {
  /** No diagnostic speaks against them any more. */
  CONVERGENCE("convergence"),
  /** They have made as many iterations as are allowed. */
  ITERATIONS("the number of iterations"),
  /** The seconds that are allowed are spent. */
  SECONDS("the number of seconds");

  private final String words;

  ChainEnd(String words) {
    this.words = words;
  }

  /** As in "ended by convergence". */
  public String words() {
    return words;
  }
}
