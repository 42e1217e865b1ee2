package finitewidth.job.flow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.job.config.NetworkConfig;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.PairIndex;
import finitewidth.prior.Architecture;
import finitewidth.prior.DenseVertex;
import finitewidth.prior.SampleFlow;
import finitewidth.prior.SampleSelfEnergy;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * K, S and V of every layer as nested JSON arrays: {@code cases[0].layers[l].K[a][b]}, likewise S,
 * and {@code V[a][b][c][d]}; S and V include their factors 1/n. Written as it is computed.
 */
final class FlowTensors {
  private final Architecture architecture;
  private final FourPointActivation activation;
  private final Widths widths;
  private final double tolerance;

  FlowTensors(
      Architecture architecture, FourPointActivation activation, Widths widths, double tolerance) {
    this.architecture = architecture;
    this.activation = activation;
    this.widths = widths;
    this.tolerance = tolerance;
  }

  void write(NetworkConfig network, Matrix inputs, OutputStream to) throws IOException {
    try (JsonGenerator out = new JsonFactory().createGenerator(to)) {
      out.writeStartObject();
      out.writeStringField(
          "doc",
          "layers[0] is the first preactivation layer, layers[-1] the output; S and V include their"
              + " 1/n factors; V[a][b][c][d]");
      out.writeArrayFieldStart("cases");
      out.writeStartObject();
      out.writeStringField("activation", network.activation());
      if (network.negativeSlope().isPresent()) {
        out.writeNumberField("negative_slope", network.negativeSlope().getAsDouble());
      }
      out.writeArrayFieldStart("hidden_widths");
      for (long width : network.hiddenWidths()) {
        out.writeNumber(width);
      }
      out.writeEndArray();
      numbers(out, "bias_variance", network.biasVariances());
      numbers(out, "weight_variance", network.weightVariances());
      matrix(out, "X", inputs);
      out.writeArrayFieldStart("layers");
      for (int layer = 0; layer <= architecture.hiddenLayers(); layer++) {
        layer(out, SampleFlow.of(architecture.truncated(layer), inputs), layer);
      }
      out.writeEndArray();
      out.writeEndObject();
      out.writeEndArray();
      out.writeEndObject();
    }
  }

  private void layer(JsonGenerator out, SampleFlow flow, int layer) throws IOException {
    int n = flow.size();
    FourPoint[] fourPoints = new FourPoint[layer];
    for (int s = 0; s < layer; s++) {
      fourPoints[s] = activation.fourPoint(flow.kernel(s), tolerance);
    }
    Matrix vertex = Matrix.zeros(PairIndex.count(n), PairIndex.count(n));
    for (int s = 0; s < layer; s++) {
      double[] coefficient = DenseVertex.coefficient(flow, s, fourPoints[s]).data();
      for (int i = 0; i < coefficient.length; i++) {
        vertex.data()[i] += coefficient[i] / widths.width(s);
      }
    }
    out.writeStartObject();
    matrix(out, "K", flow.kernel(layer));
    matrix(out, "S", selfEnergy(new SampleSelfEnergy(flow, fourPoints), n, layer));
    out.writeArrayFieldStart("V");
    for (int a = 0; a < n; a++) {
      out.writeStartArray();
      for (int b = 0; b < n; b++) {
        out.writeStartArray();
        for (int c = 0; c < n; c++) {
          out.writeStartArray();
          for (int d = 0; d < n; d++) {
            out.writeNumber(vertex.get(PairIndex.of(a, b), PairIndex.of(c, d)));
          }
          out.writeEndArray();
        }
        out.writeEndArray();
      }
      out.writeEndArray();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private Matrix selfEnergy(SampleSelfEnergy samples, int n, int layer) {
    Matrix selfEnergy = Matrix.zeros(n, n);
    for (int a = 0; a < n; a++) {
      double[][] row = samples.row(a);
      for (int b = 0; b <= a; b++) {
        double sum = 0;
        for (int s = 0; s < layer; s++) {
          sum += row[s][b] / widths.width(s);
        }
        selfEnergy.set(a, b, sum);
        selfEnergy.set(b, a, sum);
      }
    }
    return selfEnergy;
  }

  private static void numbers(JsonGenerator out, String name, List<Double> numbers)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (double number : numbers) {
      out.writeNumber(number);
    }
    out.writeEndArray();
  }

  private static void matrix(JsonGenerator out, String name, Matrix matrix) throws IOException {
    out.writeArrayFieldStart(name);
    for (int i = 0; i < matrix.rows(); i++) {
      out.writeArray(matrix.row(i), 0, matrix.cols());
    }
    out.writeEndArray();
  }
}
