package finitewidth.inference.work;

/** Where a computation says how it is getting on. */
public interface Messages {

  /** One line on what is being done. */
  void say(String line);

  /** Where the standing of phases goes. */
  ProgressSink progress();
}
