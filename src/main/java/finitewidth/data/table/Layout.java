package finitewidth.data.table;

import finitewidth.data.BadRow;
import finitewidth.data.Cells;
import finitewidth.data.Columns;
import finitewidth.data.DataException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The columns of one file that are used, as indices into its header.
 *
 * @param features column indices, in the order of the design matrix
 * @param targets column indices; empty if the file has none
 * @param label column index or −1
 * @param id column index or −1
 * @param leftOut names of columns that are no features because they number the rows
 */
record Layout(
    List<String> header, int[] features, int[] targets, int label, int id, List<String> leftOut)
    implements Serializable {

  /**
   * Finds the columns in a header.
   *
   * @param file named in errors
   * @param need whether a file without targets or label is refused
   * @throws DataException naming the missing column and the columns present
   */
  static Layout resolve(String file, List<String> header, Columns columns, Need need) {
    List<String> features = new ArrayList<>(columns.features());
    List<String> leftOut = new ArrayList<>();
    if (columns.all()) {
      columns.except().forEach(name -> index(file, header, name, "data.features.all-but"));
      features.addAll(header);
      features.removeAll(columns.reserved());
      features.stream()
          .filter(name -> RowIndices.isSure(name, header.indexOf(name)))
          .distinct()
          .forEach(leftOut::add);
      features.removeAll(leftOut);
    }
    if (features.isEmpty()) {
      throw new DataException(
          file
              + " has no feature columns; columns present: "
              + String.join(", ", header)
              + (leftOut.isEmpty() ? "" : " (" + RowIndices.warning(file, leftOut) + ")"));
    }
    int id = columns.id().map(name -> index(file, header, name, "data.id")).orElse(-1);
    int[] at =
        features.stream().mapToInt(name -> index(file, header, name, "data.features")).toArray();
    if (need == Need.IGNORED) {
      return new Layout(header, at, new int[0], -1, id, leftOut);
    }
    if (columns.label().isPresent()) {
      String name = columns.label().get();
      boolean skip = need == Need.WELCOME && !header.contains(name);
      return new Layout(
          header, at, new int[0], skip ? -1 : index(file, header, name, "data.label"), id, leftOut);
    }
    List<String> targets = columns.targets().names();
    boolean none = targets.stream().noneMatch(header::contains);
    int[] wanted =
        need == Need.WELCOME && none
            ? new int[0]
            : targets.stream().mapToInt(n -> index(file, header, n, "data.target")).toArray();
    return new Layout(header, at, wanted, -1, id, leftOut);
  }

  /**
   * Indices of further columns.
   *
   * @param key that asks for them
   * @throws DataException naming the missing column and the columns present
   */
  int[] indices(String file, List<String> names, String key) {
    return names.stream().mapToInt(name -> index(file, header, name, key)).toArray();
  }

  /** Names of features, targets, label, id and further columns, as far as there are any. */
  List<String> names(List<String> further) {
    List<String> names = new ArrayList<>(featureNames());
    names.addAll(targetNames());
    IntStream.of(label, id).filter(k -> k >= 0).mapToObj(header::get).forEach(names::add);
    names.addAll(further);
    return names;
  }

  List<String> featureNames() {
    return names(features);
  }

  List<String> targetNames() {
    return names(targets);
  }

  /** Whether rows carry something to learn from or to score against. */
  boolean hasTargets() {
    return targets.length > 0 || label >= 0;
  }

  private List<String> names(int[] columns) {
    return Arrays.stream(columns).mapToObj(header::get).toList();
  }

  private static int index(String file, List<String> header, String name, String key) {
    int index = header.indexOf(name);
    if (index < 0) {
      throw new DataException(
          file
              + " has no column \""
              + name
              + "\" ("
              + key
              + "); columns present: "
              + String.join(", ", header)
              + hint(header));
    }
    return index;
  }

  /** What may be wrong with the header. */
  private static String hint(List<String> header) {
    if (headless(header)) {
      return " (a header line with column names is needed, or data.options.header = false)";
    }
    boolean others = header.size() == 1 && header.get(0).matches(".*[;\t|].*");
    return others ? " (data.options.separator says what separates cells, if not commas)" : "";
  }

  private static boolean headless(List<String> header) {
    for (String name : header) {
      try {
        Cells.number("", name);
      } catch (BadRow e) {
        return false;
      }
    }
    return true;
  }
}
