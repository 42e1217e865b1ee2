package finitewidth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.yaml.snakeyaml.Yaml;

/** What a release says of itself in several places is the same in all of them. */
class ReleaseTest {
  private static final XPath XPATH = XPathFactory.newInstance().newXPath();

  private static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Document pom() throws Exception {
    return xml(Files.readString(Path.of("pom.xml")));
  }

  private static String at(Document document, String path) throws Exception {
    return XPATH.evaluate(path, document);
  }

  private static List<String> all(Document document, String path) throws Exception {
    NodeList nodes = (NodeList) XPATH.evaluate(path, document, XPathConstants.NODESET);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  /** What a project without Spark gets. */
  @Test
  void thePomBringsWhatTheLibraryTakes() throws Exception {
    List<String> brought =
        all(
            pom(),
            "/project/dependencies/dependency[not(scope) and not(optional='true')]/artifactId");
    assertThat(LibraryClassPath.names()).containsAll(brought);
    assertThat(brought).contains("blas", "lapack", "jackson-databind", "parquet-column");
  }

  @Test
  void thePomOfTheDocument() throws Exception {
    String example = Documents.example("docs/library.md", "pom", 10);
    Document theirs = xml(example);
    Document ours = pom();
    for (String name : List.of("groupId", "artifactId")) {
      assertThat(at(theirs, "//dependency/" + name)).isEqualTo(at(ours, "/project/" + name));
    }
    assertThat(at(theirs, "//dependency/version"))
        .isEqualTo(at(ours, "/project/version").replace("-SNAPSHOT", ""));
  }

  /** What Maven Central asks for. */
  @Test
  void metadata() throws Exception {
    Document pom = pom();
    for (String path :
        List.of(
            "name",
            "description",
            "url",
            "licenses/license/url",
            "developers/developer/name",
            "scm/connection",
            "scm/developerConnection",
            "scm/url")) {
      assertThat(at(pom, "/project/" + path)).as(path).isNotBlank();
    }
    assertThat(at(pom, "/project/artifactId")).endsWith("_" + at(pom, "//scala.binary"));
  }

  @Test
  void oneVersion() throws Exception {
    String version = at(pom(), "/project/version").replace("-SNAPSHOT", "");
    assertThat(citation()).containsEntry("version", version);
    assertThat(Files.readString(Path.of("python/pyproject.toml")))
        .containsPattern("(?m)^version = \"" + version + "(\\.dev\\d+)?\"$");
  }

  private static Map<String, Object> citation() throws IOException {
    Map<String, Object> citation = new Yaml().load(Files.readString(Path.of("CITATION.cff")));
    assertThat(citation).containsKeys("cff-version", "message", "title", "authors", "license");
    return citation;
  }
}
