package finitewidth.report.page;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * What is drawn in a plot, in the units of its axes. A mark with a name stands in the legend.
 * Points that are not finite, or not positive on a logarithmic axis, are left out.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "mark")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Mark.Line.class, name = "line"),
  @JsonSubTypes.Type(value = Mark.Dots.class, name = "dots"),
  @JsonSubTypes.Type(value = Mark.Spans.class, name = "spans"),
  @JsonSubTypes.Type(value = Mark.Ribbon.class, name = "ribbon"),
  @JsonSubTypes.Type(value = Mark.Bars.class, name = "bars"),
  @JsonSubTypes.Type(value = Mark.Rule.class, name = "rule"),
  @JsonSubTypes.Type(value = Mark.Shade.class, name = "shade"),
  @JsonSubTypes.Type(value = Mark.Note.class, name = "note"),
  @JsonSubTypes.Type(value = Mark.Cells.class, name = "cells")
})
public sealed interface Mark {

  /** Shapes that can be told apart without colour. */
  enum Shape {
    CIRCLE,
    SQUARE,
    DIAMOND,
    TRIANGLE
  }

  /** A line through points in their order. */
  record Line(String name, Colour colour, boolean dashed, double[] x, double[] y) implements Mark {}

  /**
   * Points.
   *
   * @param labels what a point tells of itself under the pointer; empty where nothing
   */
  record Dots(
      String name,
      Colour colour,
      Shape shape,
      boolean hollow,
      double[] x,
      double[] y,
      List<String> labels)
      implements Mark {
    public Dots {
      labels = List.copyOf(labels);
    }

    /** Full points that tell nothing of themselves. */
    public Dots(String name, Colour colour, Shape shape, double[] x, double[] y) {
      this(name, colour, shape, false, x, y, List.of());
    }
  }

  /** Vertical error bars. */
  record Spans(String name, Colour colour, double[] x, double[] low, double[] high)
      implements Mark {}

  /** The area between two curves. */
  record Ribbon(String name, Colour colour, double[] x, double[] low, double[] high)
      implements Mark {}

  /**
   * Bars from zero.
   *
   * @param outline whether only their outline is drawn
   */
  record Bars(
      String name, Colour colour, boolean outline, double[] from, double[] to, double[] height)
      implements Mark {}

  /** A straight dashed line across the plot, at an x if vertical and otherwise at a y. */
  record Rule(String name, Colour colour, boolean vertical, double at) implements Mark {}

  /** A shaded rectangle; limits that are not finite are those of the plot. */
  record Shade(String name, Colour colour, double x0, double x1, double y0, double y1)
      implements Mark {}

  /** A few words at a point. */
  record Note(Colour colour, double x, double y, String text) implements Mark {}

  /**
   * A matrix, its first row at the top. Where the limits are as far below zero as above it, zero
   * has a neutral colour of its own.
   *
   * @param values row by row; NaN is left empty
   * @param low what has the first colour
   * @param high what has the last one
   * @param written whether values are written into their cells, which then are shades of one colour
   * @param rowNames at the left; empty where rows have none
   * @param colNames below, likewise
   */
  public record Cells(
      int rows,
      int cols,
      double[] values,
      double low,
      double high,
      boolean written,
      List<String> rowNames,
      List<String> colNames)
      implements Mark {
    public Cells {
      rowNames = List.copyOf(rowNames);
      colNames = List.copyOf(colNames);
    }
  }
}
