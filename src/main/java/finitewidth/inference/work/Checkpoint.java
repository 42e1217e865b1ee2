package finitewidth.inference.work;

/** Where finished work is kept for a rerun. */
public interface Checkpoint {

  /**
   * Gives work what is kept of it, and keeps from then on what it finishes.
   *
   * @return to be closed when no more will come; what is finished by then is kept
   */
  Keeping open(Work work);

  /** Whether it does: where not, work need not say what it would keep. */
  boolean keeps();

  /** Work that is being kept. */
  interface Keeping extends AutoCloseable {
    /** Keeps what has been finished since the last time, and stops keeping. Does not throw. */
    @Override
    void close();
  }

  /** Keeps nothing. */
  static Checkpoint none() {
    return new Checkpoint() {
      @Override
      public Keeping open(Work work) {
        return () -> {};
      }

      @Override
      public boolean keeps() {
        return false;
      }
    };
  }
}
