package finitewidth.inference.work;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where pieces of a computation are done: on a cluster, or on threads of this very process.
 *
 * <p>Results come in any order. Whoever adds them up does so in the order of the pieces, which are
 * cut by the size of the problem, and so gets the same bits from every runtime.
 */
public interface Runtime {

  /** How many tasks run at the same time. */
  int cores();

  /** Bytes that the results of one call may take together on their way home. */
  long resultBytes();

  /** What is kept for a rerun. */
  Checkpoint checkpoint();

  /** Where is said what is being done. */
  Messages messages();

  /** Makes a value known to tasks. */
  <T> Shared<T> share(T value);

  /**
   * What a task makes of its pieces.
   *
   * @param <P> a piece of work
   * @param <R> what comes home
   */
  @FunctionalInterface
  interface Task<P, R> extends Serializable {
    R of(Iterator<P> pieces);
  }

  /** What is run, in words: the whole, and its pieces. */
  record Name(String whole, String pieces) {}

  /**
   * Runs tasks, each on neighbouring pieces, and hands on what each makes of them as it comes, one
   * at a time.
   *
   * @param tasks how many share the pieces; more than there are pieces are not used
   * @param whenDone called on one thread at a time
   */
  <P, R> void run(Name name, List<P> pieces, int tasks, Task<P, R> task, Consumer<R> whenDone);

  /** What becomes of each piece, in their order; a task for each. */
  default <P, R> List<R> map(Name name, List<P> pieces, Each<P, R> each) {
    List<Numbered<P>> numbered = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      numbered.add(new Numbered<>(i, pieces.get(i)));
    }
    List<R> results = new ArrayList<>(Collections.nCopies(pieces.size(), null));
    run(
        name,
        numbered,
        pieces.size(),
        some -> {
          ArrayList<Numbered<R>> done = new ArrayList<>();
          some.forEachRemaining(
              piece -> done.add(new Numbered<>(piece.number(), each.apply(piece.value()))));
          return done;
        },
        done -> done.forEach(one -> results.set(one.number(), one.value())));
    return results;
  }

  /** What becomes of one piece. */
  @FunctionalInterface
  interface Each<P, R> extends Function<P, R>, Serializable {}

  /** A value with its place among others. */
  record Numbered<T>(int number, T value) implements Serializable {}
}
