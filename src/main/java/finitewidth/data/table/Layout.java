package finitewidth.data.table;

import finitewidth.data.Cells;
import finitewidth.data.Columns;
import finitewidth.data.DataException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The columns of one file that are used.
 *
 * @param uses in the order of their roles
 * @param leftOut names of columns that are no features because they number the rows
 */
record Layout(List<Use> uses, List<String> leftOut) {

  /** What columns are for, in the order in which rows have them. */
  enum Role {
    FEATURE("data.features"),
    TARGET("data.target"),
    LABEL("data.label"),
    ID("data.id"),
    CARRIED("predict.columns");

    /** The key that asks for such a column. */
    final String key;

    Role(String key) {
      this.key = key;
    }
  }

  /** A column, and where it stands in the header. */
  record Use(Role role, String name, int at) {}

  /**
   * Finds the columns in a header.
   *
   * @param file named in errors
   * @param need whether a file without targets or label is refused
   * @param carried names of columns to carry along; one that is {@code *} stands for all that mean
   *     nothing else but features
   * @throws DataException naming the missing column and the columns present
   */
  static Layout resolve(
      String file, List<String> header, Columns columns, Need need, List<String> carried) {
    Layout layout = new Layout(new ArrayList<>(), new ArrayList<>());
    List<String> features = new ArrayList<>(columns.features());
    if (columns.all()) {
      columns.except().forEach(name -> index(file, header, name, "data.features.all-but"));
      features.addAll(header);
      features.removeAll(columns.reserved());
      features.stream()
          .filter(name -> RowIndices.isSure(name, header.indexOf(name)))
          .distinct()
          .forEach(layout.leftOut::add);
      features.removeAll(layout.leftOut);
    }
    if (features.isEmpty()) {
      boolean indices = !layout.leftOut.isEmpty();
      throw new DataException(
          "%s has no feature columns; columns present: %s%s"
              .formatted(
                  file,
                  String.join(", ", header),
                  indices ? " (" + RowIndices.warning(file, layout.leftOut) + ")" : ""));
    }
    layout.add(file, header, Role.FEATURE, features);
    List<String> targets = columns.label().isPresent() ? List.of() : columns.targets().names();
    boolean some = targets.stream().anyMatch(header::contains);
    if (need == Need.REQUIRED || (need == Need.WELCOME && some)) {
      layout.add(file, header, Role.TARGET, targets);
    }
    List<String> label = columns.label().stream().toList();
    if (need == Need.REQUIRED || (need == Need.WELCOME && header.containsAll(label))) {
      layout.add(file, header, Role.LABEL, label);
    }
    layout.add(file, header, Role.ID, columns.id().stream().toList());
    List<String> all = new ArrayList<>(header);
    // A column without a name has none in the predictions either.
    all.removeIf(String::isEmpty);
    layout.uses.stream().filter(u -> u.role() != Role.FEATURE).map(Use::name).forEach(all::remove);
    layout.add(file, header, Role.CARRIED, carried.equals(List.of("*")) ? all : carried);
    return layout;
  }

  private void add(String file, List<String> header, Role role, Collection<String> names) {
    names.forEach(name -> uses.add(new Use(role, name, index(file, header, name, role.key))));
  }

  /** Names of the columns of a role. */
  List<String> names(Role role) {
    return uses.stream().filter(use -> use.role() == role).map(Use::name).toList();
  }

  int count(Role role) {
    return names(role).size();
  }

  /** Whether rows carry something to learn from or to score against. */
  boolean hasTargets() {
    return count(Role.TARGET) + count(Role.LABEL) > 0;
  }

  private static int index(String file, List<String> header, String name, String key) {
    int index = header.indexOf(name);
    if (index < 0) {
      throw new DataException(
          "%s has no column \"%s\" (%s); columns present: %s%s"
              .formatted(file, name, key, String.join(", ", header), hint(header)));
    }
    return index;
  }

  /** What may be wrong with the header. */
  private static String hint(List<String> header) {
    if (header.stream().allMatch(name -> Double.isFinite(Cells.parsed(name).orElse(Double.NaN)))) {
      return " (a header line with column names is needed, or data.options.header = false)";
    }
    boolean others = header.size() == 1 && header.get(0).matches(".*[;\t|].*");
    return others ? " (data.options.separator says what separates cells, if not commas)" : "";
  }
}
