/**
 * The page that people look at after a job: sections of words, numbers and plots in one HTML file.
 *
 * <p>Turns plain values into text and knows no Spark and no file system. A section is a small class
 * that makes a {@link finitewidth.report.page.Section}; plots are declared as data here and drawn
 * by the page's own script, with D3. May import what {@code report} may.
 */
package finitewidth.report.fit;
