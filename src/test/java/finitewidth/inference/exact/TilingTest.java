package finitewidth.inference.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every quadruple i &lt; j &lt; k &lt; l belongs to exactly one tile of one leaf. */
class TilingTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 8, 9, 17, 41, 70})
  void everyQuadrupleOnce(int samples) {
    Tiling tiling = Tiling.of(samples);
    Set<Long> seen = new HashSet<>();
    long[] counted = {0};
    for (int leaf = 0; leaf < tiling.leaves(); leaf++) {
      tiling.forEach(
          leaf,
          (number, t) -> {
            counted[0] += t.moments();
            for (int i = t.i0(); i < t.i1(); i++) {
              for (int j = Math.max(t.j0(), i + 1); j < t.j1(); j++) {
                for (int k = Math.max(t.others().k0(), j + 1); k < t.others().k1(); k++) {
                  for (int l = Math.max(t.others().l0(), k + 1); l < t.others().l1(); l++) {
                    assertThat(seen.add(((i * 100L + j) * 100 + k) * 100 + l)).isTrue();
                  }
                }
              }
            }
          });
    }
    assertThat(seen).hasSize((int) Tiling.quadruples(samples));
    assertThat(counted[0]).isEqualTo(Tiling.quadruples(samples));
    long perLeaf = 0;
    for (int leaf = 0; leaf < tiling.leaves(); leaf++) {
      perLeaf += tiling.leafMoments(leaf);
    }
    assertThat(perLeaf).isEqualTo(Tiling.moments(samples));
    assertThat(tiling.firstApex(tiling.leaves())).isEqualTo(samples);
  }
}
