package finitewidth.report.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class JsonTest {
  public record Score(int width, double rmse, Optional<Double> accuracy) {}

  @Test
  void keepsOrderAndEveryBit() {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("z", 0.1 + 0.2);
    summary.put("a", List.of(new Score(3, 1e-300, Optional.empty())));
    assertThat(Json.text(summary))
        .containsSubsequence("\"z\" : 0.30000000000000004", "\"a\"", "\"width\" : 3", "1.0E-300")
        .contains("\"accuracy\" : null")
        .endsWith("}\n");
  }

  @Test
  void writesWhatJsonLacksAsNull() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("nan", Double.NaN);
    values.put("array", new double[] {1, Double.POSITIVE_INFINITY});
    values.put("none", OptionalDouble.empty());
    values.put("record", new Score(1, Double.NaN, Optional.of(Double.NaN)));
    assertThat(Json.text(values).replaceAll("\\s", ""))
        .isEqualTo(
            "{\"nan\":null,\"array\":[1.0,null],\"none\":null,"
                + "\"record\":{\"width\":1,\"rmse\":null,\"accuracy\":null}}");
  }
}
