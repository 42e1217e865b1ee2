package finitewidth.job.config;

import com.fasterxml.jackson.annotation.JacksonInject;
import finitewidth.data.Columns;
import finitewidth.data.Columns.Targets;
import finitewidth.data.DataConfig;
import finitewidth.data.FileFormat;
import finitewidth.data.InvalidRows;
import finitewidth.data.Reading;
import finitewidth.data.Source;
import finitewidth.settings.Key;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** The data block of a configuration as it is given; what it means depends on the verb. */
record DataKeys(
    @From(value = Key.DATA_TRAIN, orOne = true) Optional<List<String>> train,
    @From(value = Key.DATA_TEST, orOne = true) Optional<List<String>> test,
    @From(Key.DATA_FORMAT) Optional<String> format,
    @From(Key.DATA_TEST_FRACTION) double testFraction,
    @From(Key.DATA_SEED) long seed,
    @From(Key.DATA_TRAIN_ROWS) Optional<Integer> trainRows,
    @From(Key.DATA_TEST_ROWS) Optional<Integer> testRows,
    @From(value = Key.DATA_TARGET, orOne = true) Optional<List<String>> target,
    @From(Key.DATA_LABEL) Optional<String> label,
    @From(value = Key.DATA_FEATURES, orOne = true) Optional<List<String>> features,
    @From(value = Key.DATA_FEATURES_ALL_BUT, orOne = true) Optional<List<String>> allBut,
    @From(Key.DATA_ID) Optional<String> id,
    @From(value = Key.DATA_NULL_VALUES, orOne = true, asWritten = true)
        Optional<List<String>> nullValues,
    @From(Key.DATA_HANDLE_INVALID) Invalid invalid,
    @JacksonInject FileKeys files) {
  private static final int MOST_ROWS = Integer.MAX_VALUE - 8;

  /** What becomes of rows to learn from that lack something. */
  enum Invalid {
    ERROR,
    SKIP
  }

  DataKeys {
    train.ifPresent(paths -> requireSource(Key.DATA_TRAIN, paths, format));
    test.ifPresent(paths -> requireSource(Key.DATA_TEST, paths, format));
    Refusal.unless(named(format).filter(FileFormat.TABLE::equals).isEmpty(), Key.DATA_FORMAT);
    Refusal.unless(testFraction > 0 && testFraction < 1, Key.DATA_TEST_FRACTION);
    requireNames(Key.DATA_TARGET, target);
    requireNames(Key.DATA_FEATURES, features);
    requireNames(Key.DATA_FEATURES_ALL_BUT, allBut);
    Refusal.when(
        label.isPresent() && target.isPresent(),
        Key.DATA_TARGET,
        "data.label makes the job a classification; set one of the two");
    Refusal.when(
        allBut.isPresent() && features.isPresent(),
        Key.DATA_FEATURES,
        "data.features.all-but is set as well; set one of the two");
  }

  /** The block, which is injected into others from now on. */
  static DataConfig read(Binder binder, Verb verb) {
    binder.bind(FileKeys.class);
    DataConfig data = binder.bind(DataKeys.class).of(verb);
    binder.with(data);
    return data;
  }

  /** For {@code predict} the rows to score stand for training rows too. */
  private DataConfig of(Verb verb) {
    boolean predict = verb == Verb.PREDICT;
    boolean learns = verb == Verb.FIT || verb == Verb.VALIDATE;
    requireRows(Key.DATA_TRAIN_ROWS, trainRows, learns ? 2 : 1);
    requireRows(Key.DATA_TEST_ROWS, testRows, 1);
    List<String> from =
        predict
            ? test.orElseThrow(() -> Refusal.of(Key.DATA_TEST, "the rows to score are needed"))
            : train.orElseThrow(() -> Refusal.of(Key.DATA_TRAIN, "a path is needed"));
    return new DataConfig(
        new Source(from),
        test.map(Source::new),
        named(format),
        columns(),
        testFraction,
        predict ? OptionalInt.empty() : rows(trainRows),
        rows(testRows),
        seed,
        Reading.of(
            files.of(formats()),
            nullValues.orElse(Reading.usualNulls()),
            predict ? InvalidRows.ERROR : InvalidRows.valueOf(invalid.name())));
  }

  private static Optional<FileFormat> named(Optional<String> format) {
    return format.map(FileFormat::new);
  }

  /** The formats that are read; a table has its own even where a format is named. */
  private Set<FileFormat> formats() {
    Set<FileFormat> formats = new LinkedHashSet<>();
    named(format).ifPresent(formats::add);
    for (Source source :
        Stream.of(train, test).flatMap(Optional::stream).map(Source::new).toList()) {
      if (formats.isEmpty() || source.table().isPresent()) {
        source.format().ifPresent(formats::add);
      }
    }
    return formats;
  }

  private Columns columns() {
    List<String> targets =
        label.isPresent() ? List.of() : target.orElse(List.of(Key.DATA_TARGET.standard()));
    List<String> named = features.filter(f -> !f.equals(List.of("*"))).orElse(List.of());
    List<String> others = new ArrayList<>(targets);
    label.ifPresent(others::add);
    for (String feature : named) {
      Refusal.when(
          others.contains(feature),
          Key.DATA_FEATURES,
          "column %s is the target or label, so not a feature",
          feature);
    }
    Refusal.when(
        id.isPresent() && others.contains(id.get()),
        Key.DATA_ID,
        "the column is the target or label already");
    return new Columns(
        named, new Targets(targets, target.isPresent()), label, id, allBut.orElse(List.of()));
  }

  /** How many rows, as other records have it. */
  static OptionalInt rows(Optional<Integer> given) {
    return given.map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  private static void requireSource(Key key, List<String> paths, Optional<String> format) {
    Refusal.unless(!paths.isEmpty(), key);
    Source source = new Source(paths);
    boolean tables = paths.stream().anyMatch(Source::isTable);
    Refusal.when(
        tables && source.table().filter(name -> !name.isBlank()).isEmpty(),
        key,
        "accepted is one table, table:NAME, and nothing beside it");
    Refusal.when(!tables && format.isEmpty() && source.format().isEmpty(), key, FileFormat.ENDINGS);
  }

  private static void requireRows(Key key, Optional<Integer> rows, int fewest) {
    int given = rows.orElse(fewest);
    Refusal.when(
        given < fewest || given > MOST_ROWS,
        key,
        "accepted is all, or a whole number from %d to %d",
        fewest,
        MOST_ROWS);
  }

  static void requireNames(Key key, Optional<List<String>> names) {
    Refusal.unless(names.map(n -> !n.isEmpty() && Refusal.differ(n)).orElse(true), key);
  }
}
