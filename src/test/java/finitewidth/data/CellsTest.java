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

  @ParameterizedTest
  @ValueSource(
      strings = {"1,000", "1,5", "1.000,5", "1_000", "1f", "0x10", "5%", "TRUE", "１２", "-"})
  void saysWhatElseIsNeeded(String cell) {
    assertThatThrownBy(() -> Cells.number("f", cell))
        .isInstanceOf(BadRow.class)
        .isNotInstanceOf(MissingValue.class)
        .hasMessageContaining("column \"f\" holds \"" + cell + "\"; a number is needed");
  }

  @Test
  void numbersMayBeTooLarge() {
    assertThatThrownBy(() -> Cells.number("f", "-1e400"))
        .isInstanceOf(MissingValue.class)
        .hasMessageContaining("\"-1e400\", which is beyond the range of numbers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "3.0", "03", " 3", "cat", "Cat", "e\u0301", "\u00e9", "true", "a,b"})
  void aTextIsAClassToTheLetter(String text) {
    assertThat(Cells.label(NullValues.standard(), "c", text)).isEqualTo(text);
  }

  @Test
  void aNumberIsTheSameClassInAnyType() {
    for (Number three : new Number[] {3, 3L, 3f, 3.0, new java.math.BigDecimal("3.00")}) {
      assertThat(Cells.label(NullValues.standard(), "c", three)).isEqualTo("3");
    }
    assertThat(Cells.label(NullValues.standard(), "c", 0.1f)).isEqualTo("0.1");
    assertThatThrownBy(() -> Cells.label(NullValues.standard(), "c", Double.NaN))
        .isInstanceOf(MissingValue.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "NA", " NA ", "N/A", "n/a", "?", "null", "NULL", "None", "nan"})
  void whatIsMissing(String cell) {
    NullValues standard = NullValues.standard();
    assertThatThrownBy(() -> Cells.number("f", cell)).isInstanceOf(MissingValue.class);
    assertThatThrownBy(() -> Cells.label(standard, "c", cell)).isInstanceOf(MissingValue.class);
  }

  @Test
  void missingValuesMayBeOthers() {
    NullValues own = NullValues.of(java.util.List.of("-999", "-"));
    assertThat(Cells.label(own, "c", "NA")).isEqualTo("NA");
    for (String cell : new String[] {"-", "-999", "-999.0", "-9.99e2", "NA"}) {
      assertThatThrownBy(() -> Cells.number(own, "f", cell)).isInstanceOf(MissingValue.class);
    }
    assertThatThrownBy(() -> Cells.finite(own, "f", -999)).isInstanceOf(MissingValue.class);
    assertThat(Cells.number(own, "f", "999")).isEqualTo(999);
    assertThatThrownBy(() -> Cells.label(NullValues.of(java.util.List.of()), "c", ""))
        .isInstanceOf(MissingValue.class);
  }

  @Test
  void theDecimalMarkMayBeAnother() {
    NullValues nulls = NullValues.of(java.util.List.of("-1,5"));
    assertThat(Cells.number(nulls, ',', "f", " 1,5 ")).isEqualTo(1.5);
    assertThat(Cells.number(nulls, ',', "f", "-2e-3")).isEqualTo(-2e-3);
    for (String cell : new String[] {"1.5", "1.000,5", "1,2,3", "1 000,5"}) {
      assertThatThrownBy(() -> Cells.number(nulls, ',', "f", cell))
          .isInstanceOf(BadRow.class)
          .isNotInstanceOf(MissingValue.class)
          .hasMessageContaining("\"" + cell + "\"; a number is needed, with the decimal mark ,");
    }
    for (String cell : new String[] {"", "NA", "-1,5"}) {
      assertThatThrownBy(() -> Cells.number(nulls, ',', "f", cell))
          .isInstanceOf(MissingValue.class);
    }
  }

  @Test
  void idsKeepTheirSpelling() {
    assertThat(IdType.of("12")).isEqualTo(IdType.WHOLE);
    assertThat(IdType.of("1.5")).isEqualTo(IdType.NUMBER);
    assertThat(IdType.of("007")).isEqualTo(IdType.TEXT);
    assertThat(IdType.of("a")).isEqualTo(IdType.TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.50", "1e5", "+1", "-0", " 1", "99999999999999999999", "1.", "NaN"})
  void whatANumberWouldNotGiveBackIsText(String id) {
    assertThat(IdType.of(id)).isEqualTo(IdType.TEXT);
  }

  @Test
  void aColumnOfTextsKeepsTheirLettersOrTheirValues() {
    assertThat(IdType.WHOLE.or(IdType.NUMBER)).isEqualTo(IdType.TEXT);
    assertThat(IdType.NONE.or(IdType.NUMBER)).isEqualTo(IdType.NUMBER);
    assertThat(IdType.WHOLE.orCarried(IdType.NUMBER)).isEqualTo(IdType.NUMBER);
    for (String measured : new String[] {"1.50", "-.5", "1e-05", "2.", "0.1234567890123456789"}) {
      assertThat(IdType.ofCarried(measured)).as(measured).isEqualTo(IdType.NUMBER);
    }
    for (String code : new String[] {"12E4", "+4930", "007", "007.5", "99999999999999999999"}) {
      assertThat(IdType.ofCarried(code)).as(code).isEqualTo(IdType.TEXT);
    }
  }
}
