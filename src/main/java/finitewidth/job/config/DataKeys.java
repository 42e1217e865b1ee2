package finitewidth.job.config;

import finitewidth.data.Columns;
import finitewidth.data.Columns.Targets;
import finitewidth.data.DataConfig;
import finitewidth.data.Encoding;
import finitewidth.data.FileFormat;
import finitewidth.data.InvalidRows;
import finitewidth.data.Reading;
import finitewidth.settings.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The data block of a configuration as it is given; what it means depends on the verb. */
record DataKeys(
    @From(Key.DATA_TRAIN) Optional<String> train,
    @From(Key.DATA_TEST) Optional<String> test,
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
    @From(Key.DATA_ENCODING) Optional<String> encoding) {
  private static final int MOST_ROWS = Integer.MAX_VALUE - 8;

  /** What becomes of rows to learn from that lack something. */
  enum Invalid {
    ERROR,
    SKIP
  }

  DataKeys {
    requirePath(Key.DATA_TRAIN, train);
    requirePath(Key.DATA_TEST, test);
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

  /** For {@code predict} the rows to score stand for training rows too. */
  DataConfig of(Verb verb) {
    boolean predict = verb == Verb.PREDICT;
    boolean learns = verb == Verb.FIT || verb == Verb.VALIDATE;
    requireRows(Key.DATA_TRAIN_ROWS, trainRows, learns ? 2 : 1);
    requireRows(Key.DATA_TEST_ROWS, testRows, 1);
    return new DataConfig(
        predict
            ? test.orElseThrow(() -> Refusal.of(Key.DATA_TEST, "the rows to score are needed"))
            : train.orElseThrow(() -> Refusal.of(Key.DATA_TRAIN, "a path is needed")),
        test,
        columns(),
        testFraction,
        predict ? OptionalInt.empty() : rows(trainRows),
        rows(testRows),
        seed,
        Reading.of(
            encoding.map(DataKeys::encoding).orElse(Encoding.UTF_8),
            nullValues.orElse(Reading.usualNulls()),
            predict ? InvalidRows.ERROR : InvalidRows.valueOf(invalid.name())));
  }

  private static Encoding encoding(String name) {
    return Encoding.of(name)
        .orElseThrow(
            () ->
                Refusal.of(
                    Key.DATA_ENCODING,
                    "no such encoding; did you mean %s?",
                    String.join(" or ", NearestKeys.among(name, Encoding.names()))));
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

  private static void requirePath(Key key, Optional<String> path) {
    Refusal.when(
        path.isPresent() && FileFormat.ofPath(path.get()).isEmpty(),
        key,
        "the ending must be .csv, .csv.gz, .parquet or .libsvm");
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
