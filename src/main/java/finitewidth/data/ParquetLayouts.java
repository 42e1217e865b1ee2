package finitewidth.data;

import finitewidth.data.DataFiles.InputFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Where the columns that are used stand in every one of some Parquet files. Columns go by name;
 * their numbers may be of any type in any file.
 *
 * @param first of the first file
 * @param cells of rows of any file, without the size of a vector
 * @param idType type of the ids
 * @param carried columns that are carried along
 * @param groups files whose columns are of the same types
 */
record ParquetLayouts(
    Layout first, ParquetCells cells, DataType idType, StructType carried, List<Group> groups) {

  /**
   * Files whose columns are of the same types.
   *
   * @param used features, targets, label, id and carried columns, in this order
   */
  record Group(List<StructField> used, List<ParquetFile> files) {}

  /**
   * Finds the columns in every file.
   *
   * @throws DataException naming a file that lacks one, or has it of a type that does not do
   */
  static ParquetLayouts of(
      InputFiles input, List<ParquetSchema> files, Columns columns, Need need, RowRules rules) {
    Layout first = null;
    Columns wanted = columns;
    List<String> carried = List.of();
    List<StructField> before = List.of();
    ParquetCells cells = null;
    Map<List<StructField>, Group> groups = new LinkedHashMap<>();
    for (ParquetSchema file : files) {
      String name = files.size() == 1 ? input.given() : file.file().shown();
      List<String> header = first == null ? file.names() : alike(first.header(), file.names());
      Layout layout = Layout.resolve(name, header, wanted, need);
      if (first == null) {
        first = layout;
        carried = rules.carried(layout);
        wanted = columns.withFeatures(layout.featureNames());
      } else if (first.hasTargets() != layout.hasTargets()) {
        throw differ(files.get(0), name, "only one of them has targets");
      }
      List<StructField> used = used(file, name, layout, carried);
      ParquetCells own = ParquetCells.of(name, used, layout, columns.features().isEmpty());
      if (cells == null) {
        cells = own;
        before = used;
      }
      requireSame(files.get(0), before, name, used, cells.features() + cells.targets(), first);
      if (cells.vector() != own.vector()) {
        throw differ(files.get(0), name, "only one of them has a vector of features");
      }
      groups
          .computeIfAbsent(used, fields -> new Group(fields, new ArrayList<>()))
          .files()
          .add(file.file());
    }
    return new ParquetLayouts(
        first,
        cells,
        first.id() < 0
            ? DataTypes.LongType
            : ParquetTexts.idType(before.get(before.size() - carried.size() - 1).dataType()),
        DataTypes.createStructType(before.subList(before.size() - carried.size(), before.size())),
        List.copyOf(groups.values()));
  }

  /** Labels of text columns are texts whatever they look like. */
  IdType labelType() {
    int at = cells.features() + cells.targets();
    boolean text =
        first.label() >= 0
            && groups.stream()
                .map(group -> group.used().get(at).dataType())
                .anyMatch(type -> !(type instanceof NumericType || type instanceof NullType));
    return text ? IdType.TEXT : IdType.NONE;
  }

  /**
   * The names of a file, those that differ from the first file's only by case as these: most of
   * what writes Parquet does not tell them apart.
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

  /** In the order of their roles; all may be missing in a row. */
  private static List<StructField> used(
      ParquetSchema file, String name, Layout layout, List<String> carried) {
    int[] further = layout.indices(name, carried, TextTables.CARRIED);
    List<StructField> used = new ArrayList<>();
    IntStream.of(layout.features()).forEach(i -> used.add(file.column(i, "data.features")));
    IntStream.of(layout.targets()).forEach(i -> used.add(file.column(i, "data.target")));
    if (layout.label() >= 0) {
      used.add(file.column(layout.label(), "data.label"));
    }
    if (layout.id() >= 0) {
      used.add(file.column(layout.id(), "data.id"));
    }
    IntStream.of(further).forEach(i -> used.add(file.column(i, TextTables.CARRIED)));
    return used.stream()
        .map(field -> DataTypes.createStructField(field.name(), field.dataType(), true))
        .toList();
  }

  /** Numbers and labels may be of many types, but ids and carried columns are written as one. */
  private static void requireSame(
      ParquetSchema first,
      List<StructField> before,
      String name,
      List<StructField> used,
      int numbers,
      Layout layout) {
    for (int i = numbers + (layout.label() >= 0 ? 1 : 0); i < used.size(); i++) {
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

  private static DataException differ(ParquetSchema first, String name, String how) {
    return new DataException(first.file().shown() + " and " + name + " differ: " + how);
  }
}
