package finitewidth.job.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.Optional;

/** Reads an {@code Optional}, for which Jackson wants a module that Spark does not bring. */
final class OptionalValue extends StdDeserializer<Optional<?>> implements ContextualDeserializer {
  private static final long serialVersionUID = 1L;

  private final transient Optional<JsonDeserializer<?>> content;

  OptionalValue() {
    this(Optional.empty());
  }

  private OptionalValue(Optional<JsonDeserializer<?>> content) {
    super(Optional.class);
    this.content = content;
  }

  @Override
  public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property)
      throws JsonMappingException {
    return new OptionalValue(
        Optional.of(
            context.findContextualValueDeserializer(
                context.getContextualType().containedType(0), property)));
  }

  @Override
  public Optional<?> deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    return Optional.of(content.orElseThrow().deserialize(parser, context));
  }

  @Override
  public Optional<?> getNullValue(DeserializationContext context) {
    return Optional.empty();
  }
}
