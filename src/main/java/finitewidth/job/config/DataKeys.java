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
    @From(Key.DATA_TARGET) @From.OneOrMore Optional<List<String>> target,
    @From(Key.DATA_LABEL) Optional<String> label,
    @From(Key.DATA_FEATURES) @From.OneOrMore Optional<List<String>> features,
    @From(Key.DATA_FEATURES_ALL_BUT) @From.OneOrMore Optional<List<String>> allBut,
    @From(Key.DATA_ID) Optional<String> id,
    @From(Key.DATA_NULL_VALUES) @From.OneOrMore Optional<List<String>> nullValues,
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
    Refusal.where(
        label.isPresent() && target.isPresent(),
        Key.DATA_TARGET,
        "data.label makes the job a classification; set one of the two");
    Refusal.where(
        allBut.isPresent() && features.isPresent(),
        Key.DATA_FEATURES,
        "data.features.all-but is set as well; set one of the two");
  }

  /** For a verb that reads training rows. */
  DataConfig training(Verb verb) {
    requireRows(Key.DATA_TRAIN_ROWS, trainRows, verb == Verb.FLOW ? 1 : 2);
    requireRows(Key.DATA_TEST_ROWS, testRows, 1);
    return new DataConfig(
        train.orElseThrow(() -> new Refusal(Key.DATA_TRAIN, "a path is needed")),
        test,
        columns(),
        testFraction,
        rows(trainRows),
        rows(testRows),
        seed,
        reading(invalid == Invalid.SKIP ? InvalidRows.SKIP : InvalidRows.ERROR));
  }

  /** For {@code predict}: rows to score, which stand for training rows too. */
  DataConfig predicting() {
    requireRows(Key.DATA_TEST_ROWS, testRows, 1);
    return new DataConfig(
        test.orElseThrow(() -> new Refusal(Key.DATA_TEST, "the rows to score are needed")),
        test,
        columns(),
        testFraction,
        OptionalInt.empty(),
        rows(testRows),
        seed,
        reading(InvalidRows.ERROR));
  }

  private Reading reading(InvalidRows rows) {
    return Reading.of(
        encoding.map(DataKeys::encoding).orElse(Encoding.UTF_8),
        nullValues.orElse(Reading.usualNulls()),
        rows);
  }

  private static Encoding encoding(String name) {
    return Encoding.of(name)
        .orElseThrow(
            () ->
                new Refusal(
                    Key.DATA_ENCODING,
                    "no such encoding; did you mean "
                        + String.join(" or ", NearestKeys.among(name, Encoding.names()))
                        + "?"));
  }

  private Columns columns() {
    List<String> targets =
        label.isPresent() ? List.of() : target.orElse(List.of(Key.DATA_TARGET.standard()));
    List<String> named = features.filter(f -> !f.equals(List.of("*"))).orElse(List.of());
    List<String> others = new ArrayList<>(targets);
    label.ifPresent(others::add);
    for (String feature : named) {
      Refusal.where(
          others.contains(feature),
          Key.DATA_FEATURES,
          "column " + feature + " is the target or label, so not a feature");
    }
    Refusal.where(
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
    Refusal.where(
        path.isPresent() && FileFormat.ofPath(path.get()).isEmpty(),
        key,
        "the ending must be .csv, .csv.gz, .parquet or .libsvm");
  }

  private static void requireRows(Key key, Optional<Integer> rows, int fewest) {
    int given = rows.orElse(fewest);
    Refusal.where(
        given < fewest || given > MOST_ROWS,
        key,
        "accepted is all, or a whole number from " + fewest + " to " + MOST_ROWS);
  }

  static void requireNames(Key key, Optional<List<String>> names) {
    Refusal.unless(names.map(n -> !n.isEmpty() && Refusal.differ(n)).orElse(true), key);
  }
}
