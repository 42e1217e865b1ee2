package finitewidth.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order and grouping in which leaves arrive do not matter, and missing leaves do not harm. */
class SumTreeTest {
  private record Text(String text) implements Summable<Text> {
    @Override
    public Text add(Text other) {
      return new Text("(" + text + " " + other.text + ")");
    }
  }

  @Test
  void treeOfAPowerOfTwo() {
    assertThat(sum(List.of(0, 1, 2, 3))).isEqualTo("((0 1) (2 3))");
  }

  @Test
  void whatStandsAloneMovesUp() {
    assertThat(sum(List.of(0, 1, 2))).isEqualTo("((0 1) 2)");
    assertThat(sum(List.of(5))).isEqualTo("5");
    assertThat(sum(List.of(0, 3, 9))).isEqualTo("((0 3) 9)");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void orderAndGroupingDoNotMatter(int seed) {
    Random random = new Random(seed);
    List<Integer> leaves = new ArrayList<>();
    for (int leaf = 0; leaf < 100; leaf++) {
      if (random.nextInt(4) > 0) {
        leaves.add(leaf);
      }
    }
    String expected = sum(leaves);
    List<SumTree<Text>> parts = new ArrayList<>();
    for (int part = 0; part < 7; part++) {
      parts.add(new SumTree<>());
    }
    Collections.shuffle(leaves, random);
    for (int leaf : leaves) {
      parts.get(random.nextInt(7)).add(leaf, new Text(Integer.toString(leaf)));
    }
    SumTree<Text> all = new SumTree<>();
    parts.forEach(all::merge);
    SumTree.Node<Text> total = all.total();
    assertThat(total.sum().text()).isEqualTo(expected);
    assertThat(total.leaves()).isEqualTo(leaves.size());
  }

  @Test
  void missingLeavesAreMissed() {
    SumTree<Text> tree = new SumTree<>();
    tree.add(0, new Text("0"));
    tree.add(2, new Text("2"));
    assertThatThrownBy(() -> tree.total(4)).hasMessageContaining("2 of 4 leaves are missing");
    assertThatThrownBy(() -> new SumTree<Text>().total()).isInstanceOf(IllegalStateException.class);
  }

  private static String sum(List<Integer> leaves) {
    SumTree<Text> tree = new SumTree<>();
    leaves.forEach(leaf -> tree.add(leaf, new Text(Integer.toString(leaf))));
    return tree.total().sum().text();
  }
}
