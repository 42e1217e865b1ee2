package finitewidth.report.summary;

import java.util.Map;

/** A run for summaries in tests. */
public final class SomeRun {
  private SomeRun() {}

  /** The same every time. */
  public static RunSummary summary() {
    return new RunSummary(
        "0a1b2c3d",
        "2026-01-01T00:00:00Z",
        "local-1",
        "local[2]",
        new RunSummary.Versions("0", "unknown", "4", "2.13", "17"),
        Map.of(),
        "00",
        new RunSummary.Inputs(1, 10, "content", "00"));
  }
}
