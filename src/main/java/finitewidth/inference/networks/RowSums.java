package finitewidth.inference.networks;

import finitewidth.linalg.NumberBytes;
import finitewidth.linalg.Summable;
import java.io.Serializable;

/** Numbers that are sums over rows, in one array. */
final class RowSums implements Summable<RowSums>, Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] numbers;

  /**
   * @param numbers of the rows of one block; are taken over
   */
  RowSums(double[] numbers) {
    this.numbers = numbers;
  }

  @Override
  public RowSums add(RowSums other) {
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] += other.numbers[k];
    }
    return this;
  }

  double[] numbers() {
    return numbers;
  }

  private Object writeReplace() {
    return new Packed(numbers.length, NumberBytes.of(numbers));
  }

  /** What is sent. */
  private record Packed(int count, byte[] bytes) implements Serializable {
    private Object readResolve() {
      double[] numbers = new double[count];
      NumberBytes.read(bytes, numbers);
      return new RowSums(numbers);
    }
  }
}
