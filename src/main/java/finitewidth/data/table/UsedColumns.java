package finitewidth.data.table;

import finitewidth.data.Columns;
import finitewidth.data.DataException;
import finitewidth.data.IdType;
import finitewidth.data.table.DataFiles.InputFiles;
import finitewidth.data.table.Layout.Role;
import finitewidth.data.table.Layout.Use;
import finitewidth.data.table.TextRows.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Where the columns that are used stand in every one of some files. Columns go by name; numbers may
 * be of any type in any file.
 *
 * @param layout of the first file
 * @param cells of rows of any file
 * @param types of the columns in the first file, in the order of their roles
 * @param groups files whose columns are of the same types, or stand in the same places
 */
record UsedColumns(Layout layout, RowCells cells, List<StructField> types, List<Group> groups) {

  /**
   * Files whose columns are alike.
   *
   * @param used features, targets, label, id and carried columns, in this order
   * @param place where they stand in text
   */
  record Group(List<StructField> used, Place place, List<FileStatus> files) {}

  /**
   * Finds the columns in every file.
   *
   * @throws DataException naming a file that lacks one, or has it of a type that does not do
   */
  static UsedColumns of(
      InputFiles input, List<FileSchema> files, Columns columns, Need need, RowRules rules) {
    boolean texts = input.format().isText();
    FileSchema before = files.get(0);
    String name = files.size() == 1 && !input.format().isCsv() ? input.given() : before.shown();
    Layout first = Layout.resolve(name, before.names(), columns, need, rules.carried());
    List<StructField> types = used(before, first);
    RowCells cells = RowCells.of(first, texts, CellTypes.isVector(types.get(0).dataType()), rules);
    Columns wanted = columns.withFeatures(first.names(Role.FEATURE));
    Map<List<?>, Group> groups = new LinkedHashMap<>();
    for (FileSchema file : files) {
      if (file != before) {
        name = file.shown();
      }
      List<String> header = texts ? file.names() : alike(before.names(), file.names());
      Layout layout = Layout.resolve(name, header, wanted, need, first.names(Role.CARRIED));
      if (first.hasTargets() != layout.hasTargets()) {
        throw differ(before, name, "only one of them has targets");
      }
      List<StructField> used = used(file, layout);
      if (!texts) {
        if (cells.vector() != CellTypes.check(name, layout.uses(), used, columns.all())) {
          throw differ(before, name, "only one of them has a vector of features");
        }
        requireSame(before, types, name, used, cells);
      }
      int[] at = layout.uses().stream().mapToInt(Use::at).toArray();
      groups
          .computeIfAbsent(
              texts ? List.of(Arrays.toString(at), header.size()) : used,
              key -> new Group(used, new Place(at, header.size()), new ArrayList<>()))
          .files()
          .addAll(file.files());
    }
    return new UsedColumns(first, cells, types, List.copyOf(groups.values()));
  }

  private static List<StructField> used(FileSchema file, Layout layout) {
    return layout.uses().stream().map(use -> file.column(use.at(), use.role())).toList();
  }

  /** Type of the ids; 64-bit numbers where the row numbers are. */
  DataType idType() {
    return cells.hasId() ? CellTypes.id(types.get(cells.idAt()).dataType()) : DataTypes.LongType;
  }

  /** Columns that are carried along, by their own types. */
  StructType carried() {
    return DataTypes.createStructType(types.subList(types.size() - cells.carried(), types.size()));
  }

  /** Labels of text columns are texts whatever they look like. */
  IdType labelType() {
    boolean text =
        cells.hasLabel()
            && groups.stream()
                .map(group -> group.used().get(cells.labelAt()).dataType())
                .anyMatch(type -> !(type instanceof NumericType || type instanceof NullType));
    return text ? IdType.TEXT : IdType.NONE;
  }

  /**
   * The names of a file, those that differ from the first file's only by case as these: most of
   * what writes such files does not tell them apart.
   */
  private static List<String> alike(List<String> first, List<String> names) {
    Map<String, String> known = new HashMap<>();
    first.forEach(name -> known.put(name.toLowerCase(Locale.ROOT), name));
    Set<String> exact = new HashSet<>(names);
    List<String> alike =
        names.stream()
            .map(name -> known.getOrDefault(name.toLowerCase(Locale.ROOT), name))
            .toList();
    boolean clear = alike.stream().distinct().count() == exact.size();
    return clear && Set.copyOf(known.values()).size() == first.size() ? alike : names;
  }

  /** Numbers and labels may be of many types, but ids and carried columns are written as one. */
  private static void requireSame(
      FileSchema first,
      List<StructField> before,
      String name,
      List<StructField> used,
      RowCells cells) {
    for (int i = cells.idAt(); i < used.size(); i++) {
      DataType there = before.get(i).dataType();
      DataType here = used.get(i).dataType();
      if (!there.equals(here)) {
        String types =
            "column \"%s\" is of type %s in the one and %s in the other"
                .formatted(used.get(i).name(), there.catalogString(), here.catalogString());
        throw differ(first, name, types);
      }
    }
  }

  private static DataException differ(FileSchema first, String name, String how) {
    return new DataException(first.shown() + " and " + name + " differ: " + how);
  }
}
