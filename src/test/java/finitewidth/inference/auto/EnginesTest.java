package finitewidth.inference.auto;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.inference.ensemble.Drawing;
import finitewidth.inference.montecarlo.Sampling;
import finitewidth.inference.networks.Chains;
import finitewidth.inference.renormalised.Renormalising;
import finitewidth.inference.scale.Scaling;
import finitewidth.settings.Key;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Users may write the names of engines, and no others. */
class EnginesTest {
  private static List<String> accepted(Key key) {
    return List.of(key.accepted().split(", "));
  }

  @Test
  void everyNameOfTheSettingsHasItsEngineAndEveryEngineAName() {
    Engines engines =
        new Engines(
            Sampling.standard(1),
            Drawing.of(List.of()),
            Chains.of(List.of()),
            new Renormalising(List.of(), "auto", 1),
            Scaling.of(List.of()));
    List<String> names = new ArrayList<>(accepted(Key.ENGINE));
    names.addAll(accepted(Key.METHOD));
    assertThat(names.remove(Key.METHOD.standard())).isTrue();
    assertThat(names).containsExactlyInAnyOrderElementsOf(engines.names());
    for (String name : names) {
      assertThat(engines.of(name).orElseThrow().name()).isEqualTo(name);
    }
  }
}
