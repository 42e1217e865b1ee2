package finitewidth.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium that looks at a page as people do, and at what it does meanwhile. */
public final class Browser implements AutoCloseable {
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");
  private static final Path PICTURES = Path.of("target/screenshots");
  private static final Pattern REQUEST =
      Pattern.compile("\"Network\\.requestWillBeSent\".*?\"documentURL\".*?\"url\":\"([^\"]*)\"");

  private final ChromeDriver driver;
  private final Path downloads;

  private Browser(ChromeDriver driver, Path downloads) {
    this.driver = driver;
    this.downloads = downloads;
  }

  /**
   * Starts one.
   *
   * @param downloads an empty directory
   * @return empty where there is none, unless -Dchromium.required=true
   */
  public static Optional<Browser> start(Path downloads) {
    Optional<Path> chromium = onPath("chromium");
    Optional<Path> chromedriver = onPath("chromedriver");
    if (chromium.isEmpty() || chromedriver.isEmpty()) {
      if (Boolean.getBoolean("chromium.required")) {
        fail("chromium and chromedriver are not on the PATH, and -Dchromium.required=true");
      }
      return Optional.empty();
    }
    // Its protocol for developer tools knows older browsers; what is used of it here is stable.
    SELENIUM.setLevel(Level.SEVERE);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get().toFile());
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update");
    ChromeDriver driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.get().toFile())
                .build(),
            options);
    driver.executeCdpCommand(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", downloads.toAbsolutePath().toString()));
    return Optional.of(new Browser(driver, downloads));
  }

  private static Optional<Path> onPath(String name) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Opens a page at some width, in light or dark or as it is printed, and takes its picture.
   *
   * @param name of the picture
   */
  public void look(Path page, String name, int width, String scheme, String media)
      throws IOException {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            media,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    driver.get(page.toUri().toString());
    Files.createDirectories(PICTURES);
    Map<String, Object> shot =
        driver.executeCdpCommand(
            "Page.captureScreenshot",
            Map.of(
                "captureBeyondViewport",
                true,
                "clip",
                Map.of("x", 0, "y", 0, "width", width, "height", pageHeight(), "scale", 1)));
    Files.write(
        PICTURES.resolve(name + ".png"), Base64.getDecoder().decode((String) shot.get("data")));
  }

  private long pageHeight() {
    return (Long) script("return document.documentElement.scrollHeight");
  }

  /** The value of a script's return statement. */
  public Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** The page is no wider than the window, and nothing in it is cut off but what scrolls. */
  public void fits(int width) {
    assertThat((Long) script("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
    assertThat(
            script(
                """
                return [...document.querySelectorAll('body *')]
                  .filter(e => !e.closest('.table, .skip, svg, details:not([open])'))
                  .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
                  .map(e => e.outerHTML.slice(0, 120))\
                """))
        .isEqualTo(List.of());
  }

  /** All plots are there, without a number that is none, and their words are within the picture. */
  public void plotsAreDrawn() {
    assertThat(
            script(
                """
                return [...document.querySelectorAll('[data-plot]')]
                  .filter(p => !p.querySelector('svg') || /NaN|undefined|Infinity/.test(
                    [...p.querySelectorAll('*')].flatMap(e => [...e.attributes].map(a => a.value))
                      .filter(v => !v.startsWith('data:')).join(' ')))
                  .map(p => p.dataset.plot)\
                """))
        .isEqualTo(List.of());
    assertThat(
            script(
                """
                return [...document.querySelectorAll('[data-plot] svg')].flatMap(svg => {
                  const box = svg.getBoundingClientRect();
                  return [...svg.querySelectorAll('text')]
                    .filter(t => !t.closest('[clip-path]'))
                    .filter(t => { const b = t.getBoundingClientRect();
                      return b.left < box.left - 2 || b.right > box.right + 2 || b.bottom > box.bottom + 2; })
                    .map(t => svg.parentNode.dataset.plot + ': ' + t.textContent); })\
                """))
        .isEqualTo(List.of());
  }

  /** axe-core finds nothing serious or critical. */
  public void isAccessible() {
    List<String> faults = new ArrayList<>();
    for (Rule rule : new AxeBuilder().analyze(driver).getViolations()) {
      if (rule.getImpact().equals("serious") || rule.getImpact().equals("critical")) {
        rule.getNodes().forEach(node -> faults.add(rule.getId() + ": " + node.getHtml()));
      }
    }
    assertThat(faults).isEmpty();
  }

  /** Nothing on the console since the last look at it, and nothing asked of anyone else. */
  public void wasQuiet() {
    assertThat(driver.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    List<String> asked = new ArrayList<>();
    driver
        .manage()
        .logs()
        .get(LogType.PERFORMANCE)
        .forEach(
            entry -> {
              Matcher request = REQUEST.matcher(entry.getMessage());
              while (request.find()) {
                asked.add(request.group(1));
              }
            });
    assertThat(asked)
        .isNotEmpty()
        .allMatch(
            url -> url.startsWith("file:") || url.startsWith("data:") || url.startsWith("blob:"));
  }

  /** The tabulator key reaches everything that can be used, in the order of the page. */
  public void keysReachAll() {
    long expected =
        (Long)
            script(
                """
                return [...document.querySelectorAll('a[href], button, summary, [tabindex="0"]')]
                  .filter(e => e.checkVisibility({contentVisibilityAuto: true})).length\
                """);
    script("document.activeElement.blur(); window.scrollTo(0, 0)");
    WebElement body = driver.findElement(By.tagName("body"));
    body.sendKeys(Keys.TAB);
    assertThat(script("return document.activeElement.className")).isEqualTo("skip");
    List<Object> reached = new ArrayList<>();
    for (long k = 0; k < expected; k++) {
      Object element = script("return document.activeElement");
      assertThat(reached).doesNotContain(element);
      reached.add(element);
      driver.switchTo().activeElement().sendKeys(Keys.TAB);
    }
  }

  /** What the browser saves when a link or a button is activated from the keyboard. */
  public String download(String selector, String file) throws Exception {
    Path saved = downloads.resolve(file);
    Files.deleteIfExists(saved);
    WebElement element = driver.findElement(By.cssSelector(selector));
    script("arguments[0].focus()", element);
    element.sendKeys(Keys.ENTER);
    for (int k = 0; k < 200 && !Files.exists(saved); k++) {
      Thread.sleep(100);
    }
    return Files.readString(saved);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
