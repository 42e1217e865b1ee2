package finitewidth.data.table;

import finitewidth.data.Columns;
import finitewidth.data.DataException;
import finitewidth.data.IdType;
import finitewidth.data.table.DataFiles.InputFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
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
 * @param cells of rows of any file, without the size of a vector
 * @param types of the columns in the first file, in the order of their roles
 * @param groups files whose columns are of the same types
 */
record UsedColumns(Layout layout, RowCells cells, List<StructField> types, List<Group> groups) {
  static final String CARRIED = "predict.columns";

  /**
   * Files whose columns are alike.
   *
   * @param used features, targets, label, id and carried columns, in this order
   * @param all columns that Spark has to know
   */
  record Group(List<StructField> used, StructType all, List<FileStatus> files) {}

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
    Layout first = Layout.resolve(name, before.names(), columns, need);
    List<String> carried = rules.carried(first);
    List<StructField> types = used(before, name, first, carried);
    RowCells cells = RowCells.of(name, types, first, carried, columns.all(), texts);
    Columns wanted = columns.withFeatures(first.featureNames());
    Map<List<Object>, Group> groups = new LinkedHashMap<>();
    for (FileSchema file : files) {
      if (file != before) {
        name = file.shown();
      }
      List<String> header = texts ? file.names() : alike(before.names(), file.names());
      Layout layout = Layout.resolve(name, header, wanted, need);
      if (first.hasTargets() != layout.hasTargets()) {
        throw differ(before, name, "only one of them has targets");
      }
      List<StructField> used = used(file, name, layout, carried);
      if (!texts) {
        RowCells own = RowCells.of(name, used, layout, carried, columns.all(), false);
        requireSame(before, types, name, used, cells);
        if (cells.vector() != own.vector()) {
          throw differ(before, name, "only one of them has a vector of features");
        }
      }
      StructType all =
          texts ? file.all() : DataTypes.createStructType(used.stream().distinct().toList());
      groups
          .computeIfAbsent(List.of(used, all), key -> new Group(used, all, new ArrayList<>()))
          .files()
          .addAll(file.files());
    }
    return new UsedColumns(first, cells, types, List.copyOf(groups.values()));
  }

  /** Type of the ids; 64-bit numbers where the row numbers are. */
  DataType idType() {
    return layout.id() < 0 ? DataTypes.LongType : CellTypes.id(types.get(cells.idAt()).dataType());
  }

  /** Columns that are carried along, by their own types. */
  StructType carried() {
    return DataTypes.createStructType(types.subList(types.size() - cells.carried(), types.size()));
  }

  /** Labels of text columns are texts whatever they look like. */
  IdType labelType() {
    boolean text =
        layout.label() >= 0
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

  /** In the order of their roles. */
  private static List<StructField> used(
      FileSchema file, String name, Layout layout, List<String> carried) {
    List<StructField> used = new ArrayList<>();
    IntStream.of(layout.features()).forEach(i -> used.add(file.column(i, "data.features")));
    IntStream.of(layout.targets()).forEach(i -> used.add(file.column(i, "data.target")));
    if (layout.label() >= 0) {
      used.add(file.column(layout.label(), "data.label"));
    }
    if (layout.id() >= 0) {
      used.add(file.column(layout.id(), "data.id"));
    }
    IntStream.of(layout.indices(name, carried, CARRIED))
        .forEach(i -> used.add(file.column(i, CARRIED)));
    return used;
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
        throw differ(
            first,
            name,
            "column \""
                + used.get(i).name()
                + "\" is of type "
                + there.catalogString()
                + " in the one and "
                + here.catalogString()
                + " in the other");
      }
    }
  }

  private static DataException differ(FileSchema first, String name, String how) {
    return new DataException(first.shown() + " and " + name + " differ: " + how);
  }
}
