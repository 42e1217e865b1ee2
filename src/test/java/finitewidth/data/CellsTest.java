package finitewidth.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellsTest {
  @Test
  void readsDecimalNumbers() {
    assertThat(Cells.number("f", " -1.5e-3 ")).isEqualTo(-1.5e-3);
    assertThat(Cells.number("f", "7.")).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "NaN", "nan", "inf", "-Infinity", "1e999", "abc", "1d", "0x1p3"})
  void refusesTheRest(String cell) {
    assertThatThrownBy(() -> Cells.number("f", cell))
        .isInstanceOf(BadRow.class)
        .hasMessageContaining("\"f\"");
  }

  @Test
  void aClassIsTheSameHoweverItIsWritten() {
    assertThat(Cells.label("c", "3")).isEqualTo("3").isEqualTo(Cells.label("c", " 3.0"));
    assertThat(Cells.label("c", "cat")).isEqualTo("cat");
  }

  @Test
  void quotedCellsMayHoldCommasAndQuotes() {
    assertThat(CsvLine.split("a,\"b,\"\"c\"\"\",,d")).containsExactly("a", "b,\"c\"", "", "d");
    assertThat(CsvLine.split("\"a\"")).containsExactly("a");
    assertThat(CsvLine.split("a,")).containsExactly("a", "");
    assertThatThrownBy(() -> CsvLine.split("\"a")).isInstanceOf(BadRow.class);
    assertThatThrownBy(() -> CsvLine.split("\"a\"b")).isInstanceOf(BadRow.class);
  }

  @Test
  void idsKeepTheirSpelling() {
    assertThat(IdType.of("12")).isEqualTo(IdType.WHOLE);
    assertThat(IdType.of("1.5")).isEqualTo(IdType.NUMBER);
    assertThat(IdType.of("007")).isEqualTo(IdType.TEXT);
    assertThat(IdType.of("a")).isEqualTo(IdType.TEXT);
  }
}
