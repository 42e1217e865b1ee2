package finitewidth.report;

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
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Writes records, maps, lists and arrays as indented JSON.
 *
 * <p>Keys are in snake case and stand in the order of record components or of the map's iteration.
 * Doubles are written with the digits that bring back every bit; NaN and infinities, which JSON
 * lacks, and empty optionals are null.
 */
public final class Json {
  private static final ObjectWriter WRITER =
      new ObjectMapper()
          .registerModule(
              new SimpleModule()
                  .addSerializer(Double.class, new Finite())
                  .addSerializer(Double.TYPE, new Finite())
                  .addSerializer(double[].class, new FiniteArray())
                  .addSerializer(OptionalDouble.class, new Possible())
                  .addSerializer(Optional.class, new Present()))
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

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

  private static void write(double value, JsonGenerator out) throws IOException {
    if (Double.isFinite(value)) {
      out.writeNumber(value);
    } else {
      out.writeNull();
    }
  }

  private static final class Finite extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator out, SerializerProvider all)
        throws IOException {
      write(value, out);
    }
  }

  private static final class FiniteArray extends JsonSerializer<double[]> {
    @Override
    public void serialize(double[] values, JsonGenerator out, SerializerProvider all)
        throws IOException {
      out.writeStartArray();
      for (double value : values) {
        write(value, out);
      }
      out.writeEndArray();
    }
  }

  private static final class Possible extends JsonSerializer<OptionalDouble> {
    @Override
    public void serialize(OptionalDouble value, JsonGenerator out, SerializerProvider all)
        throws IOException {
      write(value.orElse(Double.NaN), out);
    }
  }

  @SuppressWarnings("rawtypes") // Jackson registers serializers by raw class
  private static final class Present extends JsonSerializer<Optional> {
    @Override
    public void serialize(Optional value, JsonGenerator out, SerializerProvider all)
        throws IOException {
      all.defaultSerializeValue(value.isPresent() ? value.get() : null, out);
    }
  }
}
