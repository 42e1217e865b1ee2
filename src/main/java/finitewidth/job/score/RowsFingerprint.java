package finitewidth.job.score;

import finitewidth.data.DataRow;
import finitewidth.inference.work.Fingerprint;
import finitewidth.inference.work.Sha256;
import finitewidth.runtime.JobNames;
import finitewidth.runtime.Parcels;
import java.nio.ByteBuffer;
import org.apache.spark.api.java.JavaRDD;

/**
 * A fingerprint of distributed rows, numbers and features: the sum over rows of their SHA-256,
 * taken as four 64-bit numbers, which does not depend on how rows are spread.
 */
final class RowsFingerprint {
  private static final int PARTS = 4;

  private RowsFingerprint() {}

  static Fingerprint of(JavaRDD<DataRow> rows) {
    try (JobNames names = JobNames.of(rows.context(), "fingerprint of test rows")) {
      long[] sum =
          Parcels.aggregate(rows, new long[PARTS], RowsFingerprint::add, RowsFingerprint::together);
      Fingerprint.Builder all = Fingerprint.of("rows");
      for (long part : sum) {
        all.add(part);
      }
      return all.done();
    }
  }

  private static long[] add(long[] sum, DataRow row) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + Double.BYTES * row.features().length);
    bytes.putLong(row.number());
    for (double feature : row.features()) {
      bytes.putDouble(feature);
    }
    Sha256 print = new Sha256();
    print.add(bytes.array());
    ByteBuffer hash = ByteBuffer.wrap(print.bytes());
    for (int part = 0; part < PARTS; part++) {
      sum[part] += hash.getLong();
    }
    return sum;
  }

  private static long[] together(long[] sum, long[] other) {
    for (int part = 0; part < PARTS; part++) {
      sum[part] += other[part];
    }
    return sum;
  }
}
