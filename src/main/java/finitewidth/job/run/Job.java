package finitewidth.job.run;

import java.io.IOException;

/** What a verb does with a configuration. */
public interface Job {

  /** All of it. */
  void run() throws IOException;

  /** Says what it will cost; reads and counts rows, computes nothing and writes nothing. */
  void estimate() throws IOException;
}
