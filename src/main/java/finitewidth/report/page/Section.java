package finitewidth.report.page;

import java.util.List;
import java.util.Optional;

/**
 * A part of the page.
 *
 * @param id of lower case words with hyphens
 * @param title in a few words
 * @param paragraphs of plain text
 * @param table numbers that have no plot
 * @param figures plots
 */
public record Section(
    String id, String title, List<String> paragraphs, Optional<Table> table, List<Figure> figures) {
  public Section {
    paragraphs = List.copyOf(paragraphs);
    figures = List.copyOf(figures);
  }

  public static Section of(String id, String title, List<String> paragraphs, Figure... figures) {
    return new Section(id, title, paragraphs, Optional.empty(), List.of(figures));
  }

  public static Section of(String id, String title, List<String> paragraphs, List<Figure> figures) {
    return new Section(id, title, paragraphs, Optional.empty(), figures);
  }

  public static Section of(String id, String title, List<String> paragraphs, Table table) {
    return new Section(id, title, paragraphs, Optional.of(table), List.of());
  }
}
