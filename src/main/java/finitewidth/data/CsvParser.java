package finitewidth.data;

import java.util.List;

/**
 * Comma-separated values under a header line.
 *
 * @param carried columns whose text is carried along
 * @param lenient whether rows may lack numbers
 */
record CsvParser(Layout layout, int[] carried, boolean lenient) implements LineParser {
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
    String id = layout.id() < 0 ? "" : cells.get(layout.id()).strip();
    if (layout.id() >= 0 && id.isEmpty()) {
      throw new BadRow(
          "column \"" + layout.header().get(layout.id()) + "\" is empty; an id needed");
    }
    Object[] others = new Object[carried.length];
    for (int k = 0; k < others.length; k++) {
      others[k] = cells.get(carried[k]).strip();
    }
    try {
      return numbers(cells, id, others);
    } catch (MissingValue e) {
      if (lenient) {
        return ParsedRow.incomplete(id, others);
      }
      throw e;
    }
  }

  private ParsedRow numbers(List<String> cells, String id, Object[] others) {
    int label = layout.label();
    return new ParsedRow(
        id,
        numbers(cells, layout.features()),
        numbers(cells, layout.targets()),
        label < 0 ? "" : Cells.label(layout.header().get(label), cells.get(label)),
        others);
  }

  private double[] numbers(List<String> cells, int[] columns) {
    double[] numbers = new double[columns.length];
    for (int i = 0; i < columns.length; i++) {
      numbers[i] = Cells.number(layout.header().get(columns[i]), cells.get(columns[i]));
    }
    return numbers;
  }
}
