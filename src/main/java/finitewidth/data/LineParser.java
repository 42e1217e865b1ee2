package finitewidth.data;

import java.io.Serializable;

/** Reads the rows of one text file, a line each. */
sealed interface LineParser extends Serializable permits CsvParser, LibsvmParser {

  /** Whether the first line of the file holds column names. */
  boolean hasHeader();

  /**
   * The row on a line that is not blank.
   *
   * @throws BadRow saying what is wrong with it
   */
  ParsedRow parse(String line);
}
