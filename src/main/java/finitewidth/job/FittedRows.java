package finitewidth.job;

import finitewidth.flow.Widths;
import finitewidth.posterior.FittedPosterior;
import finitewidth.report.FitSummary;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;

/** What an engine makes of training and test rows. */
interface FittedRows extends AutoCloseable {

  /** For the model, the log evidence and order 0. */
  FittedPosterior posterior();

  /** The widths of the network are these; by default nothing here depends on them. */
  default void settle(Widths widths) {}

  /** Hands over all scored test rows, in any order. */
  void forEach(Consumer<List<ScoredRow>> taker);

  /** The scored test rows in order. */
  JavaRDD<ScoredRow> rows();

  /** Seconds spent on contractions other than those that {@link #forEach} computes. */
  double contractionSeconds();

  /**
   * For the summary, when all is done.
   *
   * @param seconds of the whole contraction
   */
  FitSummary.Contraction summary(double seconds, int cores);

  /** What the user should know. */
  List<String> warnings();

  @Override
  void close();
}
