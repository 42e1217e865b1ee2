package finitewidth.inference.exact;

import finitewidth.linalg.Matrix;
import java.io.Serializable;
import java.util.List;

/**
 * What the contraction of a further row needs of the training samples for one source layer,
 * undressed; P × P.
 *
 * @param mean ḡ = Σ B^s∘F
 * @param plainDiagonal Σ_cd B^s_cd Cov(aa, cd), for all a
 * @param squares Cov(σ_a², σ_d²)
 * @param mixed QX for each X; empty where the source does not mix
 * @param corner J_ca for each X: what X_xa gains from Q_cx; empty where the source does not mix
 */
public record RowTerms(
    double mean, double[] plainDiagonal, Matrix squares, List<Matrix> mixed, List<Matrix> corner)
    implements Serializable {}
