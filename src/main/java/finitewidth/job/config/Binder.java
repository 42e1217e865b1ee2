package finitewidth.job.config;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import finitewidth.settings.Key;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Fills records with the values of a configuration.
 *
 * <p>A component has its value {@link From} a key: the one that is set, or else the default of the
 * table; an {@code Optional} one is empty where the key is not set. Records that were bound before
 * can be injected. Records check themselves; what they refuse, and what has another type than they
 * want, is told with the value and its place.
 */
final class Binder {
  private static final ObjectMapper MAPPER = mapper();

  /** Words that mean the same as no value, where they are the default. */
  private static final Set<String> NOTHING = Set.of("none", "all");

  /** Keys whose column may have such a name. */
  private static final Set<Key> NAMES = EnumSet.of(Key.DATA_LABEL, Key.DATA_ID);

  /** Keys of which pandas and R write columns without a name. */
  private static final Set<Key> NAMELESS =
      EnumSet.of(Key.DATA_FEATURES, Key.DATA_FEATURES_ALL_BUT, Key.DATA_ID);

  private final ConfigValues values;
  private final InjectableValues.Std parts = new InjectableValues.Std();

  private Binder(ConfigValues values, List<String> activations) {
    this.values = values;
    parts.addValue("activations", activations);
  }

  /**
   * What records of a configuration come to.
   *
   * @param activations names that network.activation may take
   * @throws ConfigException in one sentence: key, value, where, and what would be accepted
   */
  static <T> T read(ConfigValues values, List<String> activations, Function<Binder, T> wanted) {
    try {
      return wanted.apply(new Binder(values, activations));
    } catch (Refusal e) {
      throw values.refuse(e.key(), e.why());
    }
  }

  /** Lets records have this injected, by its class. */
  Binder with(Object part) {
    parts.addValue(part.getClass(), part);
    return this;
  }

  /** A record of the values, which can be injected into others from now on. */
  <T> T bind(Class<T> type) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (BeanPropertyDefinition component :
        MAPPER.getDeserializationConfig().introspect(MAPPER.constructType(type)).findProperties()) {
      Optional<Key> key = Key.of(component.getName());
      if (key.isPresent()) {
        boolean optional = component.getRawPrimaryType() == Optional.class;
        row.put(component.getName(), value(key.get(), optional));
      }
    }
    try {
      T part = MAPPER.reader(parts).treeToValue(MAPPER.valueToTree(row), type);
      with(part);
      return part;
    } catch (JsonProcessingException e) {
      throw explained(e);
    }
  }

  /** What a record has refused, or a value of the wrong type. */
  private static RuntimeException explained(JsonProcessingException thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        return refusal;
      }
    }
    return thrown instanceof JsonMappingException mismatch && !mismatch.getPath().isEmpty()
        ? new Refusal(Key.of(mismatch.getPath().get(0).getFieldName()).orElseThrow())
        : new IllegalStateException(thrown);
  }

  private Object value(Key key, boolean optional) {
    Optional<ConfigValue> set = values.get(key).filter(value -> !saysNothing(key, value));
    return set.or(() -> optional ? Optional.empty() : ConfigValues.standard(key))
        .map(value -> plain(key, value))
        .orElse(null);
  }

  private static boolean saysNothing(Key key, ConfigValue value) {
    return key.standard().equals(value.unwrapped())
        && NOTHING.contains(key.standard())
        && !NAMES.contains(key);
  }

  private static Object plain(Key key, ConfigValue value) {
    return value instanceof ConfigList list
        ? list.stream().map(item -> single(key, item)).toList()
        : single(key, value);
  }

  /** The value as Java has it; whole numbers are such however they are written. */
  private static Object single(Key key, ConfigValue value) {
    if (value instanceof ConfigList || value instanceof ConfigObject) {
      throw new Refusal(key);
    }
    if (value.unwrapped() instanceof String text) {
      boolean named = !text.isBlank() || text.isEmpty() && NAMELESS.contains(key);
      Refusal.unless(named || key == Key.DATA_NULL_VALUES, key);
      return text;
    }
    if (key == Key.DATA_NULL_VALUES) {
      return value.render();
    }
    if (value.unwrapped() instanceof Double x) {
      Refusal.unless(Double.isFinite(x), key);
      return x == x.longValue() ? (Object) x.longValue() : x;
    }
    return value.unwrapped();
  }

  /** Nothing is taken for what it is not: 2.5 is no whole number, "2" and true are no numbers. */
  private static ObjectMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder()
            .annotationIntrospector(new Keys())
            .addModule(new SimpleModule().addDeserializer(Optional.class, new OptionalValue()))
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .withCoercionConfig(
                LogicalType.Textual,
                config -> {
                  for (CoercionInputShape shape :
                      List.of(
                          CoercionInputShape.Boolean,
                          CoercionInputShape.Integer,
                          CoercionInputShape.Float)) {
                    config.setCoercion(shape, CoercionAction.Fail);
                  }
                })
            .build();
    return mapper;
  }

  /** Components have the names of keys, and constants the words of configurations. */
  private static final class Keys extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public PropertyName findNameForDeserialization(Annotated annotated) {
      From from = annotated.getAnnotation(From.class);
      return from == null
          ? super.findNameForDeserialization(annotated)
          : PropertyName.construct(from.value().path());
    }

    @Override
    public String[] findEnumValues(
        MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
      return Arrays.stream(constants).map(Words::of).toArray(String[]::new);
    }
  }
}
