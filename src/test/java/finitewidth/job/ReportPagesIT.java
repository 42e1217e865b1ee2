package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import finitewidth.report.fit.FitPage;
import finitewidth.report.fit.FitResults;
import finitewidth.report.fit.Samples;
import finitewidth.report.page.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reports of whole jobs in a real Chromium: how they look (pictures in {@code target/screenshots}),
 * whether people can use them in any way they come, and what they do behind one's back: nothing.
 */
@Tag("slow")
class ReportPagesIT {
  private static final int PHONE = 360;
  private static final int DESKTOP = 1280;

  @TempDir private static Path directory;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Path downloads = Files.createDirectory(directory.resolve("downloads"));
    browser = Browser.start(downloads).orElse(null);
    if (browser == null) {
      System.err.println(
          "SKIPPED: no chromium and chromedriver on the PATH, so nobody has looked at the reports"
              + " (Debian: apt-get install chromium chromium-driver)");
    }
    assumeTrue(browser != null, "no chromium and chromedriver on the PATH");
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  private static Path report(String name, String verb, Path config, String... overrides)
      throws Exception {
    Path out = directory.resolve(name);
    String[] all = new String[overrides.length + 1];
    System.arraycopy(overrides, 0, all, 0, overrides.length);
    all[overrides.length] = "output.path=" + out;
    assertThat(MainRun.on("local[2]", verb, config, all).succeeds().err())
        .doesNotContain("report.html");
    Path report = out.resolve("report.html");
    assertThat(Files.size(report)).isBetween(120_000L, 550_000L);
    return report;
  }

  /** A phone, a desktop, light, dark, paper, keys, a screen reader's needs, files. */
  private static void inspect(Path report, String name) throws Exception {
    look(report, name, PHONE, "dark");
    look(report, name, DESKTOP, "light");
    inspectOnce(report, name);
  }

  /** The same at a width in light or dark alone, where another page has shown the other colours. */
  private static void inspectOnce(Path report, String name) throws Exception {
    look(report, name, PHONE, "light");
    look(report, name, DESKTOP, "dark");
    browser.keysReachAll();
    Document page = Jsoup.parse(Files.readString(report));
    String id = page.selectFirst("figure").id();
    String csv = browser.download("#" + id + " a[download]", id + ".csv");
    assertThat(csv.lines().count())
        .isGreaterThanOrEqualTo(page.select("#" + id + " tbody tr").size() + 1L);
    String picture = browser.download("#" + id + " button", id + ".svg");
    assertThat(picture).startsWith("<svg").contains("prefers-color-scheme: dark", "<desc>");
    browser.look(report, name + "-print", 794, "dark", "print");
    assertThat(browser.script("return getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(255, 255, 255)");
    browser.wasQuiet();
  }

  private static void look(Path report, String name, int width, String scheme) throws Exception {
    browser.look(report, name + "-" + width + "-" + scheme, width, scheme, "screen");
    browser.fits(width);
    browser.plotsAreDrawn();
    browser.isAccessible();
  }

  @Test
  void fitOfARegression() throws Exception {
    Path report =
        report(
            "regression",
            "fit",
            Path.of("conf/diabetes.conf"),
            "data.train-rows=40",
            "output.hidden-kernels=true",
            "predict.quantiles=[0.05,0.25,0.5,0.75,0.95]",
            "predict.quantiles-of=target");
    assertThat(Jsoup.parse(Files.readString(report)).select("figure").eachAttr("id"))
        .contains("tails-shape", "tails-coverage", "hidden-kernel-1", "hidden-shift-2");
    inspect(report, "fit-regression");
  }

  @Test
  void fitOfClasses() throws Exception {
    inspect(
        report(
            "classes",
            "fit",
            Path.of("conf/digits.conf"),
            "data.train-rows=50",
            "data.test-rows=100",
            "network.hidden-widths=[64,64]"),
        "fit-classes");
  }

  /** One input: curves. */
  @Test
  void fitAlongOneInput() throws Exception {
    StringBuilder csv = new StringBuilder("height,weight\n");
    Random random = new Random(7);
    for (int i = 0; i < 60; i++) {
      double x = 4 * random.nextDouble() - 2;
      csv.append(
          String.format(
              Locale.ROOT, "%.4f,%.4f\n", x, Math.sin(2 * x) + 0.1 * random.nextGaussian()));
    }
    Path data = Files.writeString(directory.resolve("one.csv"), csv);
    Path config = Files.writeString(directory.resolve("one.conf"), "widths = [32, 64, 128, 256]\n");
    Path report =
        report(
            "one",
            "fit",
            config,
            "data.train=" + data,
            "data.target=weight",
            "network.hidden-widths=[64]",
            "network.activation=erf",
            "hyperparameters=evidence");
    assertThat(Jsoup.parse(Files.readString(report)).select("#curve, #curve-correction"))
        .hasSize(2);
    inspect(report, "fit-one-input");
  }

  /** No targets to score against, one row to predict, two outputs, no further widths. */
  @Test
  void fitOfLittle() throws Exception {
    StringBuilder csv = new StringBuilder("a,b,y,z\n");
    Random random = new Random(3);
    for (int i = 0; i < 9; i++) {
      csv.append(
          String.format(Locale.ROOT, "%d,%.3f,%.3f,%d\n", i, random.nextDouble(), 0.1 * i, i));
    }
    Path train = Files.writeString(directory.resolve("little.csv"), csv);
    Path test = Files.writeString(directory.resolve("one-row.csv"), "a,b\n4,0.5\n");
    Path config = Files.writeString(directory.resolve("little.conf"), "widths = []\n");
    Path report =
        report(
            "little",
            "fit",
            config,
            "data.train=" + train,
            "data.test=" + test,
            "data.target=[y,z]",
            "output.format=json",
            "network.hidden-widths=[64,32]");
    assertThat(Jsoup.parse(Files.readString(report)).text())
        .contains("The test rows have no targets")
        .doesNotContain("RMSE");
    inspect(report, "fit-little");
  }

  @Test
  void flow() throws Exception {
    Path report =
        report(
            "flow",
            "flow",
            Path.of("conf/flow.conf"),
            "flow.densities=1",
            "flow.density-draws=2000");
    assertThat(Jsoup.parse(Files.readString(report)).select("figure").eachAttr("id"))
        .contains("prior-density-1", "prior-tails-1");
    inspect(report, "flow");
  }

  @Test
  void validate() throws Exception {
    inspect(
        report(
            "validate",
            "validate",
            Path.of("conf/concrete-validate.conf"),
            "network.hidden-widths=[64,64]",
            "validate.hidden-kernels=true",
            "validate.draws=8000"),
        "validate");
  }

  /** Names that would end a script, start another or fetch something, were they not text. */
  @Test
  void hostileNames() throws Exception {
    for (boolean classes : new boolean[] {false, true}) {
      FitResults results =
          Samples.of(
              new Samples.Shape(
                  classes
                      ? List.of(Samples.HOSTILE, "x".repeat(300), "ok")
                      : List.of(Samples.HOSTILE),
                  classes,
                  true,
                  30,
                  List.of(64.0)),
              Samples.HOSTILE,
              List.of(Samples.HOSTILE, "w".repeat(500)),
              5);
      Path report =
          Files.writeString(
              directory.resolve("hostile-" + classes + ".html"), FitPage.html(results));
      inspectOnce(report, "hostile-" + (classes ? "classes" : "regression"));
      assertThat(browser.script("return document.title")).isNotEqualTo("taken");
    }
  }
}
