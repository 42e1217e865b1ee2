package finitewidth.data;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Texts that stand for a missing value, {@code data.null-values}; an empty cell always does.
 *
 * @param texts without space around them
 * @param numbers those of them that are numbers, such as -999, however they are written
 */
public record NullValues(Set<String> texts, Set<Double> numbers) implements Serializable {
  /** What pandas, R, Spark, Hive and the UCI repository write. */
  static final List<String> STANDARD =
      List.of(
          ("NA,N/A,n/a,<NA>,#N/A,#N/A N/A,#NA,NaN,-NaN,nan,-nan,null,NULL,None,1.#IND,-1.#IND,"
                  + "1.#QNAN,-1.#QNAN,\\N,?")
              .split(","));

  private static final NullValues USUAL = of(STANDARD);

  public NullValues {
    texts = Set.copyOf(texts);
    numbers = Set.copyOf(numbers);
  }

  static NullValues of(List<String> texts) {
    return new NullValues(
        texts.stream().map(String::strip).collect(Collectors.toSet()),
        texts.stream()
            .flatMap(text -> Cells.parsed(text.strip()).stream().boxed())
            .filter(Double::isFinite)
            .collect(Collectors.toSet()));
  }

  static NullValues standard() {
    return USUAL;
  }

  /** Whether a cell has no value; space around it does not matter. */
  public boolean has(String cell) {
    String text = cell.strip();
    return text.isEmpty() || texts.contains(text);
  }

  /** The same for a number. */
  public boolean has(double value) {
    return !numbers.isEmpty() && numbers.contains(value);
  }
}
