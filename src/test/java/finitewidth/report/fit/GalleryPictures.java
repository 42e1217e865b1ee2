package finitewidth.report.fit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import finitewidth.report.page.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Saves pictures of the gallery as a reader would: by the button beneath a plot. Run by {@code
 * docs/gallery.sh}; {@code -Dgallery=REPORT:FIGURE:FILE,...} says which.
 */
class GalleryPictures {
  @Test
  void save(@TempDir Path downloads) throws Exception {
    String wanted = System.getProperty("gallery", "");
    assumeTrue(!wanted.isEmpty(), "-Dgallery says which pictures");
    try (Browser browser = Browser.start(downloads).orElseThrow()) {
      for (String[] picture : Stream.of(wanted.split(",")).map(p -> p.split(":")).toList()) {
        Path report = Path.of(picture[0]).toAbsolutePath();
        browser.look(report, "gallery", 1120, "light", "screen");
        String svg = browser.download("#" + picture[1] + " button", picture[1] + ".svg");
        Files.writeString(Path.of(picture[2]), svg + "\n");
      }
    }
  }
}
