package finitewidth.inference.work;

/** Where a computation says how it is getting on. */
public interface Messages {

  /** One line on what is being done. */
  void say(String line);

  /** Where the standing of phases goes. */
  ProgressSink progress();

  /** Says nothing. */
  static Messages none() {
    return new Messages() {
      @Override
      public void say(String line) {}

      @Override
      public ProgressSink progress() {
        return standing -> {};
      }
    };
  }
}
