package finitewidth.report.fit;

/**
 * How a page speaks of the way to the posterior.
 *
 * @param name of what is beside the NNGP
 * @param within what a prediction or width is that is to be trusted, as in "no width …"
 * @param failing what one is that is not
 * @param atAllWidths whether every width is known, or those that were asked for only
 * @param corrects whether there is anything beside the NNGP
 */
record MethodWords(
    String name, String within, String failing, boolean atAllWidths, boolean corrects) {
  private static final MethodWords FIRST_ORDER =
      new MethodWords(
          "first order in 1/width", "within the expansion", "outside the expansion", true, true);
  private static final MethodWords EXACT =
      new MethodWords("exact posterior", "that has converged", "not converged", false, true);
  private static final MethodWords NNGP = new MethodWords("infinite width", "", "", false, false);

  /**
   * @param method as summary.json has it
   */
  static MethodWords of(String method) {
    return switch (method) {
      case "first-order" -> FIRST_ORDER;
      case "nngp" -> NNGP;
      default -> EXACT;
    };
  }

  /** A sentence on what the curves along 1/width are. */
  String curves() {
    return atAllWidths
        ? "One computation gives first order at every width. Where the plots are shaded it is not"
            + " to be trusted: more than 5 % of the predictions are outside the expansion, or the"
            + " log evidence moves by more than 0.1 nats a target."
        : "Each width is a computation of its own, and lines between them are guides to the eye."
            + " Where the plots are shaded more than 5 % of the predictions have not converged.";
  }

  /** A sentence on what the log evidence does. */
  String evidence() {
    return atAllWidths
        ? "Evidence sees training rows alone. To first order it is a straight line in 1/width, so"
            + " it asks for the narrowest or the widest network; where the line ends is for the"
            + " expansion to say."
        : "Evidence sees training rows alone. It is that of networks of these widths, to all"
            + " orders, so it may be highest at a width between others.";
  }

  /** The name with a capital letter. */
  String capital() {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
