package finitewidth.job.flow;

import finitewidth.prior.Architecture;
import finitewidth.prior.InputKernel;
import finitewidth.prior.PointFlow;
import finitewidth.prior.PointSelfEnergy;
import finitewidth.prior.Widths;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of {@code flow/}: for each input and layer K_aa, S_aa, V_(aa)(aa), S/K and V/K². Layers
 * count from 1, the first preactivations, to the output.
 */
final class FlowTable implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Diagonal moments have closed forms, or all digits that quadrature gives. */
  private static final double TOLERANCE = 1e-13;

  private final Architecture architecture;
  private final Widths widths;

  FlowTable(Architecture architecture, Widths widths) {
    this.architecture = architecture;
    this.widths = widths;
  }

  /** A preprocessed input. */
  record Input(Object id, double[] features) implements Serializable {}

  static StructType schema(DataType idType) {
    return new StructType()
        .add("id", idType, false)
        .add("layer", DataTypes.IntegerType, false)
        .add("kernel", DataTypes.DoubleType, false)
        .add("self_energy", DataTypes.DoubleType, false)
        .add("vertex", DataTypes.DoubleType, false)
        .add("self_energy_ratio", DataTypes.DoubleType, true)
        .add("vertex_ratio", DataTypes.DoubleType, true);
  }

  Iterator<Row> rows(Input input) {
    double[] x = input.features();
    PointFlow flow =
        PointFlow.of(architecture, new InputKernel(architecture, x.length).variance(x, 0));
    int hidden = architecture.hiddenLayers();
    PointSelfEnergy self = PointSelfEnergy.of(architecture, flow, TOLERANCE);
    List<Row> rows = new ArrayList<>();
    for (int l = 0; l <= hidden; l++) {
      double k = flow.kernel(l);
      double s = 0;
      double v = 0;
      for (int source = 0; source < l; source++) {
        s += self.selfEnergy(l, source) / widths.width(source);
        v += self.vertex(l, source) / widths.width(source);
      }
      // A zero input without biases has no scale to compare with.
      Double selfEnergyRatio = k > 0 ? (Double) (s / k) : null;
      Double vertexRatio = k > 0 ? (Double) (v / (k * k)) : null;
      rows.add(RowFactory.create(input.id(), l + 1, k, s, v, selfEnergyRatio, vertexRatio));
    }
    return rows.iterator();
  }
}
