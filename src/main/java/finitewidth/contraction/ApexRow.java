package finitewidth.contraction;

import java.io.Serializable;

/**
 * What one apex sample d yields beside its sums.
 *
 * @param apex d
 * @param inner [s][x][a]: E_ad = Σ_c P_ac X_cd Cov(ac, dd); empty for a source that does not mix
 * @param outer [s][x][a]: Y_ad = Σ_c P_ac (XQᵀ)_cd Cov(ac, dd); empty likewise
 * @param squares [s][a]: Cov(σ_a², σ_d²)
 * @param selfEnergy [s][b], b ≤ d: S_db
 */
public record ApexRow(
    int apex, double[][][] inner, double[][][] outer, double[][] squares, double[][] selfEnergy)
    implements Serializable {}
