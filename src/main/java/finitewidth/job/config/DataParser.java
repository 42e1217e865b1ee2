package finitewidth.job.config;

import finitewidth.data.Columns;
import finitewidth.data.Columns.Targets;
import finitewidth.data.DataConfig;
import finitewidth.data.FileFormat;
import finitewidth.data.FileOptions;
import finitewidth.data.InvalidRows;
import finitewidth.data.Reading;
import finitewidth.data.Source;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The data block of a configuration. */
final class DataParser {
  private static final int MOST_ROWS = Integer.MAX_VALUE - 8;

  private final ConfigReader values;

  DataParser(ConfigReader values) {
    this.values = values;
  }

  /** The whole block, for a verb that reads training rows. */
  DataConfig parse(Verb verb) {
    int fewest = verb == Verb.FLOW ? 1 : 2;
    return new DataConfig(
        source(Key.DATA_TRAIN).orElseThrow(() -> values.refuse(Key.DATA_TRAIN, "a path is needed")),
        source(Key.DATA_TEST),
        format(),
        columns(),
        values.number(
            Key.DATA_TEST_FRACTION,
            v -> v > 0 && v < 1,
            "accepted is a number between 0 and 1, both excluded"),
        rows(Key.DATA_TRAIN_ROWS, fewest),
        rows(Key.DATA_TEST_ROWS, 1),
        seed(),
        reading(
            values.choice(Key.DATA_HANDLE_INVALID, List.of("error", "skip")).equals("skip")
                ? InvalidRows.SKIP
                : InvalidRows.ERROR));
  }

  /** The block of {@code predict}: rows to score, which stand for training rows too. */
  DataConfig parseForPredict() {
    Source test =
        source(Key.DATA_TEST)
            .orElseThrow(() -> values.refuse(Key.DATA_TEST, "the rows to score are needed"));
    return new DataConfig(
        test,
        Optional.of(test),
        format(),
        columns(),
        Double.parseDouble(Key.DATA_TEST_FRACTION.standard()),
        OptionalInt.empty(),
        rows(Key.DATA_TEST_ROWS, 1),
        seed(),
        reading(InvalidRows.ERROR));
  }

  private Reading reading(InvalidRows invalid) {
    return Reading.of(
        options(),
        values
            .words(Key.DATA_NULL_VALUES, "accepted is a list of texts")
            .orElse(Reading.usualNulls()),
        invalid);
  }

  private FileOptions options() {
    Set<FileFormat> formats = new LinkedHashSet<>();
    format().ifPresent(formats::add);
    for (Key key : List.of(Key.DATA_TRAIN, Key.DATA_TEST)) {
      Optional<Source> source = source(key);
      if (source.isPresent() && (formats.isEmpty() || source.get().table().isPresent())) {
        source.get().format().ifPresent(formats::add);
      }
    }
    return new FileOptionsParser(values).parse(formats);
  }

  private long seed() {
    return values.wholeOrStandard(Key.DATA_SEED, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private Optional<Source> source(Key key) {
    Optional<Source> source =
        values
            .texts(key, "accepted is a path or glob, a list of them, or table:NAME")
            .map(Source::new);
    if (source.isEmpty()) {
      return source;
    }
    boolean tables = source.get().paths().stream().anyMatch(path -> path.startsWith("table:"));
    if (tables && source.get().table().filter(name -> !name.isBlank()).isEmpty()) {
      throw values.refuse(key, "accepted is one table, table:NAME, and nothing beside it");
    }
    if (!tables && !values.has(Key.DATA_FORMAT) && source.get().format().isEmpty()) {
      throw values.refuse(key, FileFormat.ENDINGS);
    }
    return source;
  }

  private Optional<FileFormat> format() {
    String accepted = "accepted is the name of a format, such as csv; a table is data.train";
    Optional<FileFormat> format =
        values.text(Key.DATA_FORMAT, accepted + " = table:NAME").map(FileFormat::new);
    if (format.filter(FileFormat.TABLE::equals).isPresent()) {
      throw values.refuse(Key.DATA_FORMAT, accepted + " = table:NAME");
    }
    return format;
  }

  private OptionalInt rows(Key key, int fewest) {
    return values
        .whole(key, fewest, MOST_ROWS)
        .map(rows -> OptionalInt.of(rows.intValue()))
        .orElse(OptionalInt.empty());
  }

  private Columns columns() {
    String name = "accepted is a column name";
    String names = "accepted is a column name or a list of different ones";
    if (values.has(Key.DATA_LABEL) && values.has(Key.DATA_TARGET)) {
      throw values.refuse(
          Key.DATA_TARGET, "data.label makes the job a classification; set one of the two");
    }
    Optional<List<String>> targets = values.texts(Key.DATA_TARGET, names);
    Optional<String> label = values.text(Key.DATA_LABEL, name);
    Optional<String> id = values.text(Key.DATA_ID, name);
    Optional<List<String>> except =
        values
            .texts(Key.DATA_FEATURES_ALL_BUT, names)
            .filter(list -> !list.equals(List.of(Key.DATA_FEATURES_ALL_BUT.standard())));
    if (except.isPresent() && values.has(Key.DATA_FEATURES)) {
      throw values.refuse(
          Key.DATA_FEATURES, "data.features.all-but is set as well; set one of the two");
    }
    List<String> features =
        values
            .texts(Key.DATA_FEATURES, "accepted is \"*\", " + names.substring(12))
            .filter(list -> !list.equals(List.of("*")))
            .orElse(List.of());
    List<String> wanted =
        label.isPresent() ? List.of() : targets.orElse(List.of(Key.DATA_TARGET.standard()));
    Columns columns =
        new Columns(
            features,
            new Targets(wanted, targets.isPresent()),
            label,
            id,
            except.orElse(List.of()));
    refuseDoubleUse(columns);
    return columns;
  }

  private void refuseDoubleUse(Columns columns) {
    List<String> others = new ArrayList<>(columns.targets().names());
    columns.label().ifPresent(others::add);
    for (String feature : columns.features()) {
      if (others.contains(feature)) {
        throw values.refuse(
            Key.DATA_FEATURES, "column " + feature + " is the target or label, so not a feature");
      }
    }
    if (columns.id().isPresent() && others.contains(columns.id().get())) {
      throw values.refuse(Key.DATA_ID, "the column is the target or label already");
    }
  }
}
