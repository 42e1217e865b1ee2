package finitewidth.spark;

import java.io.PrintStream;

/** Where a computation says how it is getting on. */
public interface Messages {

  /** One line on what is being done. */
  void say(String line);

  /** Where progress goes, for those who write it line by line. */
  PrintStream progress();
}
