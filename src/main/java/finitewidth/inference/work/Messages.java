package finitewidth.inference.work;

import finitewidth.settings.Naming;

/** Where a computation says how it is getting on. */
public interface Messages {

  /** One line on what is being done, which may have codes for settings. */
  void say(String line);

  /** Where the standing of phases goes. */
  ProgressSink progress();

  /** The same, told with the names of settings. */
  default Messages with(Naming names) {
    Messages told = this;
    return new Messages() {
      @Override
      public void say(String line) {
        told.say(names.in(line));
      }

      @Override
      public ProgressSink progress() {
        return told.progress();
      }
    };
  }

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
