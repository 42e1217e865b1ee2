package finitewidth.job.config;

import finitewidth.data.Columns;
import finitewidth.data.Columns.Targets;
import finitewidth.data.DataConfig;
import finitewidth.data.Encoding;
import finitewidth.data.FileFormat;
import finitewidth.data.InvalidRows;
import finitewidth.data.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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
        path(Key.DATA_TRAIN).orElseThrow(() -> values.refuse(Key.DATA_TRAIN, "a path is needed")),
        path(Key.DATA_TEST),
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
    String test =
        path(Key.DATA_TEST)
            .orElseThrow(() -> values.refuse(Key.DATA_TEST, "the rows to score are needed"));
    return new DataConfig(
        test,
        Optional.of(test),
        columns(),
        Double.parseDouble(Key.DATA_TEST_FRACTION.standard()),
        OptionalInt.empty(),
        rows(Key.DATA_TEST_ROWS, 1),
        seed(),
        reading(InvalidRows.ERROR));
  }

  private Reading reading(InvalidRows invalid) {
    return Reading.of(
        values
            .text(Key.DATA_ENCODING, "accepted is the name of an encoding, such as utf-8")
            .map(this::encoding)
            .orElse(Encoding.UTF_8),
        values
            .words(Key.DATA_NULL_VALUES, "accepted is a list of texts")
            .orElse(Reading.usualNulls()),
        invalid);
  }

  private Encoding encoding(String name) {
    return Encoding.of(name)
        .orElseThrow(
            () ->
                values.refuse(
                    Key.DATA_ENCODING,
                    "no such encoding; did you mean "
                        + String.join(" or ", NearestKeys.among(name, Encoding.names()))
                        + "?"));
  }

  private long seed() {
    return values.wholeOrStandard(Key.DATA_SEED, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private Optional<String> path(Key key) {
    Optional<String> path = values.text(key, "accepted is a path or glob");
    if (path.isPresent() && FileFormat.ofPath(path.get()).isEmpty()) {
      throw values.refuse(key, "the ending must be .csv, .csv.gz, .parquet or .libsvm");
    }
    return path;
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
