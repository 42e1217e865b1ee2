package finitewidth.report.page;

/**
 * A plot with its words and its numbers.
 *
 * @param id of lower case words with hyphens; names its files too
 * @param title what it shows
 * @param caption what is to be seen in it, for those too who do not see it
 * @param table the numbers that it shows
 */
public record Figure(String id, String title, String caption, Plot plot, Table table) {}
