package finitewidth.report.fit;

/**
 * Scores along 1/n, from infinite width on, all hidden layers being n wide; NaN where unknown.
 *
 * @param inverse 1/n, from 0 in increasing order
 * @param outside share of the rows that are outside the expansion
 * @param logEvidence of the preprocessed training targets, in nats
 * @param logEvidenceError its standard error
 * @param trusted the 1/n up to which first order is to be trusted; infinite if over the whole range
 * @param rows that were scored
 */
public record WidthCurve(
    double[] inverse,
    double[] rmse,
    double[] nlpd,
    double[] accuracy,
    double[] outside,
    double[] logEvidence,
    double[] logEvidenceError,
    double trusted,
    long rows) {

  /** Places within the expansion. */
  int trustedPlaces() {
    int places = 1;
    while (places < inverse.length && inverse[places] <= trusted) {
      places++;
    }
    return places;
  }

  /** The place of the least of some values within the expansion, −1 if none is known. */
  public int least(double[] values) {
    int least = -1;
    for (int i = 0; i < trustedPlaces(); i++) {
      if (Double.isFinite(values[i]) && (least < 0 || values[i] < values[least])) {
        least = i;
      }
    }
    return least;
  }
}
