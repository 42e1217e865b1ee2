package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeptStatesTest {
  private static List<Integer> numbers(List<double[]> states) {
    return states.stream().map(state -> (int) state[0]).toList();
  }

  @Test
  void keepsAnEvenChoiceOfBoundedSize() {
    KeptStates kept = KeptStates.atLeast(3);
    for (int k = 1; k <= 1000; k++) {
      kept = kept.add(new double[] {k});
      List<Integer> numbers = numbers(kept.weights());
      assertThat(numbers.size()).isLessThan(6).isGreaterThanOrEqualTo(Math.min(k, 3));
      for (int i = 0; i < numbers.size(); i++) {
        assertThat(numbers.get(i)).isEqualTo(kept.stride() * (i + 1));
      }
      assertThat(kept.even(3)).hasSize(Math.min(k, 3));
    }
  }

  @Test
  void choosesEvenlyAmongThem() {
    KeptStates kept = KeptStates.atLeast(5);
    for (int k = 0; k < 9; k++) {
      kept = kept.add(new double[] {k});
    }
    assertThat(numbers(kept.even(3))).containsExactly(1, 4, 7);
    assertThat(numbers(kept.even(20))).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void isNotChangedByWhatItsStatesBecome() {
    double[] state = {1};
    KeptStates kept = KeptStates.atLeast(2).add(state);
    state[0] = 2;
    assertThat(kept.weights().get(0)).containsExactly(1);
  }
}
