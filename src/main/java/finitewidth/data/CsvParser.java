package finitewidth.data;

import java.util.List;

/**
 * Comma-separated values under a header line.
 *
 * @param carried columns whose text is carried along
 */
record CsvParser(Layout layout, int[] carried, RowRules rules) implements LineParser {
  @Override
  public boolean hasHeader() {
    return true;
  }

  @Override
  public ParsedRow parse(String line) {
    List<String> cells = CsvLine.split(line);
    if (cells.size() != layout.header().size()) {
      throw new BadRow(
          "the row has "
              + cells.size()
              + (cells.size() == 1 ? " cell" : " cells")
              + ", the header "
              + layout.header().size());
    }
    if (Encoding.isTorn(line)) {
      refuseTorn(cells);
    }
    Object[] others = new Object[carried.length];
    for (int k = 0; k < others.length; k++) {
      String cell = cells.get(carried[k]);
      others[k] = rules.nulls().has(cell) ? "" : cell;
    }
    try {
      return numbers(cells, id(cells), others);
    } catch (MissingValue e) {
      if (rules.lenient()) {
        return ParsedRow.incomplete(idOrNone(cells), others);
      }
      throw e;
    }
  }

  /** An id to the letter. A row without one cannot be kept, for nobody would know it again. */
  private String id(List<String> cells) {
    String id = idOrNone(cells);
    if (id.isEmpty() && layout.id() >= 0) {
      throw new MissingValue("column \"" + name(layout.id()) + "\" is empty; an id is needed");
    }
    return id;
  }

  private String idOrNone(List<String> cells) {
    String id = layout.id() < 0 ? "" : cells.get(layout.id());
    boolean none = rules.nulls().has(id);
    if (none && layout.id() >= 0 && rules.invalid() == InvalidRows.KEEP) {
      throw new BadRow("column \"" + name(layout.id()) + "\" is empty; an id is needed");
    }
    return none ? "" : id;
  }

  private String name(int column) {
    return layout.header().get(column);
  }

  /** Bytes that are no text do not matter where nobody looks. */
  private void refuseTorn(List<String> cells) {
    for (int[] used :
        List.of(
            layout.features(),
            layout.targets(),
            new int[] {layout.label(), layout.id()},
            carried)) {
      for (int column : used) {
        if (column >= 0 && Encoding.isTorn(cells.get(column))) {
          throw rules.encoding().refuse("column \"" + name(column) + "\"", cells.get(column));
        }
      }
    }
  }

  private ParsedRow numbers(List<String> cells, String id, Object[] others) {
    int label = layout.label();
    return new ParsedRow(
        id,
        numbers(cells, layout.features()),
        numbers(cells, layout.targets()),
        label < 0 ? "" : Cells.label(rules.nulls(), name(label), cells.get(label)),
        others);
  }

  private double[] numbers(List<String> cells, int[] columns) {
    double[] numbers = new double[columns.length];
    for (int i = 0; i < columns.length; i++) {
      numbers[i] = Cells.number(rules.nulls(), name(columns[i]), cells.get(columns[i]));
    }
    return numbers;
  }
}
