package finitewidth.report.summary;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * Writes records, maps, lists and arrays as indented JSON.
 *
 * <p>Keys are in snake case and stand in the order of record components or of the map's iteration.
 * Doubles are written with the digits that bring back every bit; NaN and infinities, which JSON
 * lacks, and empty optionals are null.
 */
public final class Json {
  private static final ObjectWriter WRITER =
      mapper(value -> value)
          .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private static final ObjectWriter BRIEF =
      mapper(value -> new BigDecimal(value).round(new MathContext(6)).doubleValue()).writer();

  private Json() {}

  /**
   * The text, ending with a line break.
   *
   * @throws IllegalArgumentException if the value cannot be written as JSON
   */
  public static String text(Object value) {
    try {
      return WRITER.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON value: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * The same on one line, with six digits of every number: for plots.
   *
   * @throws IllegalArgumentException if the value cannot be written as JSON
   */
  public static String brief(Object value) {
    try {
      return BRIEF.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON value: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * @param digits what is written for a finite number
   */
  @SuppressWarnings("rawtypes") // Jackson registers serializers by raw class
  private static ObjectMapper mapper(DoubleUnaryOperator digits) {
    JsonSerializer<Double> number = by((value, out, all) -> write(value, digits, out));
    JsonSerializer<double[]> numbers =
        by(
            (values, out, all) -> {
              out.writeStartArray();
              for (double value : values) {
                write(value, digits, out);
              }
              out.writeEndArray();
            });
    JsonSerializer<OptionalDouble> possible =
        by((value, out, all) -> write(value.orElse(Double.NaN), digits, out));
    JsonSerializer<Optional> present =
        by(
            (value, out, all) ->
                all.defaultSerializeValue(value.isPresent() ? value.get() : null, out));
    return new ObjectMapper()
        .registerModule(
            new SimpleModule()
                .addSerializer(Double.class, number)
                .addSerializer(Double.TYPE, number)
                .addSerializer(double[].class, numbers)
                .addSerializer(OptionalDouble.class, possible)
                .addSerializer(Optional.class, present))
        .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
  }

  private static void write(double value, DoubleUnaryOperator digits, JsonGenerator out)
      throws IOException {
    if (Double.isFinite(value)) {
      out.writeNumber(digits.applyAsDouble(value));
    } else {
      out.writeNull();
    }
  }

  private interface Writing<T> {
    void write(T value, JsonGenerator out, SerializerProvider all) throws IOException;
  }

  private static <T> JsonSerializer<T> by(Writing<T> writing) {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator out, SerializerProvider all) throws IOException {
        writing.write(value, out, all);
      }
    };
  }
}
