package finitewidth.inference.networks;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What chains have done as plain numbers, for checkpoints; every bit comes back. */
final class ChainNumbers {
  private static final int PHASES = Phase.PILOT.ordinal();

  private final NetworkShape shape;
  private final int columns;
  private final int monitored;

  /**
   * @param outputs rows of the last layer's weights
   * @param monitored numbers that a chain remembers of its predictions
   */
  ChainNumbers(NetworkShape shape, int outputs, int monitored) {
    this.shape = shape;
    columns = (shape.hyperparameters() > 0 ? shape : shape.withReadout(outputs)).columns();
    this.monitored = monitored;
  }

  /** Bytes of a stretch of so many steps, at most. */
  static long bytes(NetworkShape shape, int monitored, int steps, int kept) {
    long numbers =
        shape.coordinates() * (1L + kept)
            + 4L * (shape.columns() + shape.features())
            + monitored
            + steps
            + PHASES
            + 32L;
    return numbers * Double.BYTES;
  }

  /** Writes a stretch. */
  void write(Chain.Done done, ByteBuffer to) {
    write(done.state(), to);
    put(to, done.trace().length);
    put(to, done.trace());
  }

  /**
   * Reads what was written.
   *
   * @throws IllegalArgumentException if it is of another shape
   */
  Chain.Done read(ByteBuffer from) {
    try {
      ChainState state = readState(from);
      return new Chain.Done(state, array(from, count(from)));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("it is too short for a stretch of a chain", e);
    }
  }

  /** Writes what a pilot has found. */
  static void write(Schedule schedule, ByteBuffer to) {
    put(to, schedule.tau().length);
    put(to, schedule.tau());
    put(to, schedule.leap());
    put(to, schedule.length());
  }

  /**
   * Reads what was written.
   *
   * @throws IllegalArgumentException if it is of another shape
   */
  static Schedule readSchedule(ByteBuffer from) {
    try {
      int knots = count(from);
      return new Schedule(array(from, knots), array(from, knots), from.getDouble());
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("it is too short for a schedule", e);
    }
  }

  private static void put(ByteBuffer to, double... numbers) {
    for (double number : numbers) {
      to.putDouble(number);
    }
  }

  private static int count(ByteBuffer from) {
    double number = from.getDouble();
    if (!(number >= 0 && number <= from.remaining() && number == Math.rint(number))) {
      throw new IllegalArgumentException("it has " + number + " where a count should be");
    }
    return (int) number;
  }

  private static double[] array(ByteBuffer from, int length) {
    double[] numbers = new double[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = from.getDouble();
    }
    return numbers;
  }

  private void write(ChainState state, ByteBuffer to) {
    put(to, state.chain(), state.logLikelihood(), state.forward(), state.backward());
    put(to, state.acceptance());
    IntStream.of(state.steps()).forEach(steps -> put(to, steps));
    DualAveraging averaging = state.adaptation().averaging();
    put(to, averaging.center(), averaging.count(), averaging.shortfall(), averaging.step());
    put(to, averaging.logAverage(), state.adaptation().curvature().states());
    put(to, state.adaptation().curvature().sums());
    put(to, state.adaptation().frequencies());
    put(to, state.metric().step());
    put(to, state.metric().frequencies());
    put(to, state.monitored());
    put(to, state.weights());
    KeptStates kept = state.kept();
    put(to, kept.most(), kept.stride(), kept.seen(), kept.weights().size());
    kept.weights().forEach(weights -> put(to, weights));
  }

  private ChainState readState(ByteBuffer from) {
    int chain = (int) from.getDouble();
    double logLikelihood = from.getDouble();
    double forward = from.getDouble();
    double backward = from.getDouble();
    double acceptance = from.getDouble();
    int[] steps = IntStream.range(0, PHASES).map(phase -> (int) from.getDouble()).toArray();
    DualAveraging averaging =
        new DualAveraging(
            from.getDouble(),
            (int) from.getDouble(),
            from.getDouble(),
            from.getDouble(),
            from.getDouble());
    Curvature curvature = new Curvature((int) from.getDouble(), array(from, columns));
    Adaptation adaptation = new Adaptation(averaging, curvature, array(from, columns));
    Metric metric = new Metric(from.getDouble(), array(from, columns));
    double[] batches = array(from, monitored);
    double[] weights = array(from, shape.coordinates());
    int most = (int) from.getDouble();
    int stride = (int) from.getDouble();
    int seen = (int) from.getDouble();
    int kept = count(from);
    List<double[]> states = new ArrayList<>();
    for (int k = 0; k < kept; k++) {
      states.add(array(from, shape.coordinates()));
    }
    return new ChainState(
        chain,
        weights,
        logLikelihood,
        steps,
        forward,
        backward,
        adaptation,
        metric,
        acceptance,
        batches,
        new KeptStates(most, stride, seen, states));
  }
}
