/**
 * What every page is made of: sections, tables, and plots that are declared as data and drawn by
 * the page's own script, with D3.
 *
 * <p>Turns plain values into text and knows no Spark and no file system.
 */
package finitewidth.report.page;
