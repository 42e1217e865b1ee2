package finitewidth.job.engine;

import finitewidth.inference.FittedPosterior;
import finitewidth.job.score.ScoreBoard;
import finitewidth.job.score.ScoredRow;
import finitewidth.posterior.HiddenKernel;
import finitewidth.prior.Widths;
import finitewidth.report.summary.FitSummary;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** What an engine makes of training rows and of the test rows that are corrected. */
public interface FittedRows extends AutoCloseable {

  /** For the model, the log evidence and order 0. */
  FittedPosterior posterior();

  /** Of every hidden layer, if they were asked for. */
  default List<HiddenKernel> hiddenKernels() {
    return List.of();
  }

  /** The widths of the network are these; by default nothing here depends on them. */
  default void settle(Widths widths) {}

  /** Computes the scored test rows, unless they are there, and has them scored. */
  void score(ScoreBoard board);

  /** The scored test rows, computed once. */
  JavaRDD<ScoredRow> rows();

  /** Seconds spent on contractions other than those of {@link #score}. */
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
