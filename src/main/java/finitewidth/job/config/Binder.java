package finitewidth.job.config;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import finitewidth.settings.Key;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/**
 * Fills records with the values of a configuration.
 *
 * <p>A component has its value {@link From} a key: the one that is set, or else the default of the
 * table; an {@code Optional} one is empty where the key is not set. Records that were bound before
 * are injected into others. Records check themselves.
 */
final class Binder {
  private static final ObjectMapper MAPPER = mapper();

  private static final Set<String> NOTHING = Set.of("none", "all", "auto");

  /** Keys of columns, which may have these names, or none: pandas and R write such. */
  private static final Set<Key> NAMES = EnumSet.of(Key.DATA_LABEL, Key.DATA_ID);

  private static final Set<Key> NAMELESS =
      EnumSet.of(Key.DATA_FEATURES, Key.DATA_FEATURES_ALL_BUT, Key.DATA_ID);

  private final ConfigValues values;
  private final InjectableValues.Std parts = new InjectableValues.Std();

  private Binder(ConfigValues values) {
    this.values = values;
  }

  /**
   * What records of a configuration come to.
   *
   * @param activations names that network.activation may take
   * @throws ConfigException in one sentence: key, value, where, and what would be accepted
   */
  static <T> T read(ConfigValues values, List<String> activations, Function<Binder, T> wanted) {
    Binder binder = new Binder(values);
    binder.parts.addValue("activations", activations);
    try {
      return wanted.apply(binder);
    } catch (Refusal e) {
      throw e.told(values);
    }
  }

  /** Binds records, each of which may have those before it injected. */
  void bind(Class<?>... types) {
    for (Class<?> type : types) {
      bind(type);
    }
  }

  /** Lets records have this injected, by its class. */
  void with(Object part) {
    parts.addValue(part.getClass(), part);
  }

  /** A record of the values, which is injected into others from now on. */
  <T> T bind(Class<T> type) {
    ObjectNode row = MAPPER.createObjectNode();
    JavaType java = MAPPER.constructType(type);
    for (BeanPropertyDefinition component :
        MAPPER.getDeserializationConfig().introspect(java).findProperties()) {
      if (component.hasConstructorParameter()
          && component.getConstructorParameter().hasAnnotation(From.class)) {
        row.set(component.getName(), node(component));
      }
    }
    try {
      T part = MAPPER.reader(parts).treeToValue(row, type);
      with(part);
      return part;
    } catch (JsonProcessingException e) {
      Refusal refusal = ExceptionUtils.throwableOfType(e, Refusal.class);
      throw refusal == null ? new IllegalStateException(e) : refusal;
    }
  }

  /** A value is converted on its own first, so that one of a wrong type is told of by its key. */
  private JsonNode node(BeanPropertyDefinition component) {
    From from = component.getConstructorParameter().getAnnotation(From.class);
    Key key = from.value();
    JavaType type = component.getPrimaryType();
    boolean optional = type.hasRawClass(Optional.class);
    Optional<ConfigValue> set = values.get(key);
    Optional<ConfigValue> some =
        (optional && !from.orStandard() ? set : set.or(() -> ConfigValues.standard(key)))
            .filter(value -> type.isEnumType() || !saysNothing(key, value));
    if (optional && some.isEmpty()) {
      return new POJONode(some);
    }
    ConfigValue given = some.orElseThrow(() -> Refusal.of(key, "%s is needed", key.accepted()));
    Object plain = plain(from, given);
    if (from.orOne() && !(plain instanceof List)) {
      plain = List.of(plain);
    }
    try {
      Object value = MAPPER.convertValue(plain, optional ? type.containedType(0) : type);
      // Jackson reads an Optional only with a module, but takes it as it is.
      return optional ? new POJONode(Optional.of(value)) : MAPPER.valueToTree(plain);
    } catch (IllegalArgumentException e) {
      throw Refusal.of(key);
    }
  }

  /** Words that stand for no value, unless they could be the name of a column. */
  private static boolean saysNothing(Key key, ConfigValue value) {
    return value.unwrapped() instanceof String word
        && NOTHING.contains(word)
        && (word.equals(key.standard()) || key.accepted().startsWith(word + ", or "))
        && !NAMES.contains(key);
  }

  private static Object plain(From from, ConfigValue value) {
    return value instanceof ConfigList list
        ? list.stream().map(item -> single(from, item)).toList()
        : single(from, value);
  }

  /** The value as Java has it; whole numbers are such however they are written. */
  private static Object single(From from, ConfigValue value) {
    if (from.asWritten() && value instanceof ConfigObject block) {
      Map<String, Object> words = new TreeMap<>();
      block.forEach((name, word) -> words.put(name, single(from, word)));
      return words;
    }
    Object java = value.unwrapped();
    Refusal.unless(!(java instanceof List || java instanceof Map), from.value());
    if (from.asWritten()) {
      return java instanceof String ? java : value.render();
    }
    boolean wrong =
        (java instanceof Double x && !Double.isFinite(x))
            || (java instanceof String text && text.isBlank() && !isNoName(from, text));
    Refusal.unless(!wrong, from.value());
    return java instanceof Double x && x == x.longValue() ? (Object) x.longValue() : java;
  }

  private static boolean isNoName(From from, String blank) {
    return blank.isEmpty() && NAMELESS.contains(from.value());
  }

  /** Nothing is taken for what it is not: 2.5 is no whole number, "2" and true are no numbers. */
  private static ObjectMapper mapper() {
    return JsonMapper.builder()
        .annotationIntrospector(new Keys())
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
        .withCoercionConfig(
            LogicalType.Textual,
            texts ->
                texts
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
        .build();
  }

  /** Components have the names of keys, and constants the words of configurations. */
  private static final class Keys extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public PropertyName findNameForDeserialization(Annotated annotated) {
      return Optional.ofNullable(annotated.getAnnotation(From.class))
          .map(from -> PropertyName.construct(from.value().path()))
          .orElseGet(() -> super.findNameForDeserialization(annotated));
    }

    /** Components alone: before 2.19 Jackson would set the field as well, which Java refuses. */
    @Override
    public JacksonInject.@Nullable Value findInjectableValue(AnnotatedMember member) {
      return member instanceof AnnotatedField ? null : super.findInjectableValue(member);
    }

    @Override
    public String[] findEnumValues(
        MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
      return Arrays.stream(constants).map(Words::of).toArray(String[]::new);
    }
  }
}
