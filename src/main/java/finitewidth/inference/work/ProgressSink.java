package finitewidth.inference.work;

/** Where the standing of a phase goes, each time something of it is done. */
@FunctionalInterface
public interface ProgressSink {

  /** May be called by any thread, by one at a time for each phase. */
  void update(Standing standing);
}
