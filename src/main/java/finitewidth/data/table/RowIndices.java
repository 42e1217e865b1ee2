package finitewidth.data.table;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Columns that number the rows and that nobody means as features: what pandas, R and Spark write
 * beside a table. Some are told by their names alone, others only if their values number the rows.
 */
final class RowIndices {
  /** Of pandas: a column without a name when it is read again, and the index in Parquet files. */
  private static final Pattern PANDAS =
      Pattern.compile("Unnamed: \\d+(\\.\\d+)*(_level_\\d+)?|__index_level_\\d+__");

  /** Of R. */
  private static final Set<String> R_ROWS = Set.of("rownames", "row.names", "rowname");

  /** Names, in lower case, of columns that may number rows and may not. */
  private static final Set<String> LIKELY =
      Set.of(
          ("index,level_0,_c0,x1,...1,row,row_id,rowid,row_number,rownum,row_num,row number,id,no,"
                  + "no.,nr,#,s.no,s.no.,sno,serial no.")
              .split(","));

  private RowIndices() {}

  /** Whether a column is one by its name. A nameless one is, too: nobody can have asked for it. */
  static boolean isSure(String name, int position) {
    return name.isEmpty()
        || PANDAS.matcher(name).matches()
        || (position == 0 && R_ROWS.contains(name));
  }

  /** Whether a column is one if its values are the numbers of the rows, from 0 or from 1. */
  static boolean isLikely(String name) {
    return name.equals("X") || LIKELY.contains(name.toLowerCase(Locale.ROOT));
  }

  /** What a user should know of columns that are left out. */
  static String warning(String file, List<String> names) {
    String shown =
        names.stream()
            .map(name -> name.isEmpty() ? "\"\" (it has no name)" : "\"" + name + "\"")
            .collect(Collectors.joining(", "));
    boolean one = names.size() == 1;
    return "%s: column%s %s %s left out of the features; data.features = [%s, …] takes %s in"
        .formatted(
            file,
            one ? "" : "s",
            shown,
            one ? "looks like a row index and is" : "look like row indices and are",
            names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", ")),
            one ? "it" : "them");
  }
}
