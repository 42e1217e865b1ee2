package finitewidth.inference.networks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers in sentences. */
final class Figures {
  /** Digits are for people: their errors are larger. */
  private static final MathContext DIGITS = new MathContext(4);

  private Figures() {}

  /** Text with each %s of it a number of four digits, without zeros at the end. */
  static String sentence(String text, double... numbers) {
    Object[] shown = new Object[numbers.length];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = text(numbers[i]);
    }
    return String.format(Locale.ROOT, text, shown);
  }

  private static String text(double number) {
    if (!Double.isFinite(number)) {
      return Double.isNaN(number) ? "unknown" : number > 0 ? "infinite" : "-infinite";
    }
    BigDecimal rounded = new BigDecimal(number).round(DIGITS);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
