package finitewidth.report.fit;

/**
 * How a page speaks of the way to the posterior.
 *
 * @param name of what is beside the NNGP
 * @param within what a prediction or width is that is to be trusted, as in "no width …"
 * @param failing what one is that is not
 * @param atAllWidths whether every width is known, or those that were asked for only
 * @param way how the posterior was had, as in "inference …"
 * @param trusted heads a column of what is to be trusted
 * @param distrusted heads a column of how much is not
 * @param corrects whether there is anything beside the NNGP
 * @param because why a prediction is not, as in "… predictions are failing: "
 */
record MethodWords(
    String name,
    String within,
    String failing,
    boolean atAllWidths,
    String way,
    String trusted,
    String distrusted,
    boolean corrects,
    String because) {
  private static final MethodWords FIRST_ORDER =
      new MethodWords(
          "first order in 1/width",
          "within the expansion",
          "outside the expansion",
          true,
          "to first order in 1/width",
          "Within the expansion",
          "Outside the expansion",
          true,
          "the correction is no longer small beside what it corrects there");
  private static final MethodWords RENORMALISED =
      new MethodWords(
          "renormalised first order",
          "whose rest is small",
          "beyond renormalised first order",
          false,
          "by renormalised first order",
          "Rest is small",
          "Rest is not small",
          true,
          "what the scale leaves to first order is no longer small there");
  private static final MethodWords ADAPTIVE =
      new MethodWords(
          "adapted kernel",
          "where the adapted kernel holds",
          "beyond the adapted kernel",
          false,
          "by a kernel that adapts to the data",
          "Kernel holds",
          "Kernel does not hold",
          true,
          "the search for the metric has not settled, or what it leaves to first order is not small"
              + " there");
  private static final MethodWords EXACT =
      new MethodWords(
          "exact posterior",
          "that has converged",
          "not converged",
          false,
          "by its exact posterior",
          "Converged",
          "Not converged",
          true,
          "their errors are not known well enough");
  private static final MethodWords PROPORTIONAL =
      new MethodWords(
          "kernel renormalisation",
          "whose scales were found",
          "without a saddle of its scales",
          false,
          "by kernel renormalisation",
          "Scales found",
          "Scales not found",
          true,
          "the scales of the layers have no saddle that was found");
  private static final MethodWords NNGP =
      new MethodWords("infinite width", "", "", false, "", "", "", false, "");

  /**
   * @param method as summary.json has it
   */
  static MethodWords of(String method) {
    return switch (method) {
      case "first-order" -> FIRST_ORDER;
      case "renormalised" -> RENORMALISED;
      case "proportional" -> PROPORTIONAL;
      case "adaptive", "deep-kernel" -> ADAPTIVE;
      case "nngp" -> NNGP;
      default -> EXACT;
    };
  }

  private boolean isRenormalised() {
    return this == RENORMALISED;
  }

  /** A sentence on what the curves along 1/width are. */
  String curves() {
    if (isRenormalised()) {
      return "One contraction serves all of these widths, and lines between them are guides to the"
          + " eye. Where the plots are shaded the norm of what the scale leaves to first order is"
          + " above 0.8.";
    }
    if (this == PROPORTIONAL) {
      return "Scales of the kernels are found for each of these widths, and lines between them are"
          + " guides to the eye. Nothing here says how far that is from the exact posterior;"
          + " validate does.";
    }
    if (this == ADAPTIVE) {
      return "Each width is a search of its own, and lines between them are guides to the eye."
          + " Where the plots are shaded the search has not settled, or the norm of what it"
          + " leaves to first order is above 0.8.";
    }
    return atAllWidths
        ? "One computation gives first order at every width. Where the plots are shaded it is not"
            + " to be trusted: more than 5 % of the predictions are outside the expansion, or the"
            + " log evidence moves by more than 0.1 nats a target."
        : "Each width is a computation of its own, and lines between them are guides to the eye."
            + " Where the plots are shaded more than 5 % of the predictions have not converged.";
  }

  /** A sentence on what the log evidence does. */
  String evidence() {
    if (isRenormalised()) {
      return "Evidence sees training rows alone. With the scale integrated it is no straight line"
          + " in 1/width, and may be highest at a width between others.";
    }
    if (this == PROPORTIONAL) {
      return "Evidence sees training rows alone. With scales of the kernels alone it may be highest"
          + " at a width between others.";
    }
    if (this == ADAPTIVE) {
      return "Evidence sees training rows alone. It is that of the adapted kernel, less what its"
          + " metric and scales cost, and may be highest at a width between others.";
    }
    return atAllWidths
        ? "Evidence sees training rows alone. To first order it is a straight line in 1/width, so"
            + " it asks for the narrowest or the widest network; where the line ends is for the"
            + " expansion to say."
        : "Evidence sees training rows alone. It is that of networks of these widths, to all"
            + " orders, so it may be highest at a width between others.";
  }

  /** A sentence on what makes a prediction fail. */
  String failure() {
    if (isRenormalised()) {
      return "Share of the test rows at widths where the norm of what the scale leaves to first"
          + " order is above 0.8.";
    }
    if (this == PROPORTIONAL) {
      return "Share of the test rows at widths where the scales of the layers were not found.";
    }
    if (this == ADAPTIVE) {
      return "Share of the test rows at widths where the search has not settled, or the norm of"
          + " what it leaves to first order is above 0.8.";
    }
    return atAllWidths
        ? "Share of the test rows at which the mean moves by more than one posterior standard"
            + " deviation or the variance by more than half of itself."
        : "Share of the test rows whose errors are not known well enough.";
  }

  /** The name with a capital letter. */
  String capital() {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
