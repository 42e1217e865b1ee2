package finitewidth.bits;

import java.nio.file.Path;
import java.util.Set;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs the tests of the tag "bits" in a JVM of its own, which may have another BLAS kernel, or no
 * vectors: {@code BitsTests DIRECTORY} with the directory of the test classes. Says how many passed
 * and failed; ends with 1 if any failed or none ran.
 */
public final class BitsTests {
  private BitsTests() {}

  public static void main(String[] arguments) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClasspathRoots(Set.of(Path.of(arguments[0]))))
            .filters(TagFilter.includeTags("bits"))
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    summary
        .getFailures()
        .forEach(
            failure ->
                System.out.println(
                    "failed: "
                        + failure.getTestIdentifier().getUniqueId()
                        + " "
                        + failure.getException()));
    System.out.println(
        "bits: "
            + summary.getTestsSucceededCount()
            + " passed, "
            + summary.getTestsFailedCount()
            + " failed; vectors "
            + ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    boolean well = summary.getTestsFailedCount() == 0 && summary.getTestsSucceededCount() > 0;
    // Spark's threads may outlive the tests.
    System.exit(well ? 0 : 1);
  }
}
