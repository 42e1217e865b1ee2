package finitewidth.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.data.DataConfig;
import finitewidth.data.FileFormat;
import finitewidth.data.FileOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where rows come from, and how their files are written. */
class DataKeysTest {
  @TempDir private Path directory;

  @Test
  void pathsTablesAndFormats() throws IOException {
    DataConfig many = parse("data.train = [a.csv, \"b/*.csv.gz\"]");
    assertThat(many.training().paths()).containsExactly("a.csv", "b/*.csv.gz");
    assertThat(many.training().format()).contains(FileFormat.CSV);
    assertThat(many.train()).isEqualTo("a.csv, b/*.csv.gz");
    assertThat(parse("data.train = t.tsv").training().format()).contains(FileFormat.TSV);
    assertThat(parse("data.train = \"table:lab.rows\"").training().table()).contains("lab.rows");
    assertThat(parse("", "data.train=table:rows").training().table()).contains("rows");
    DataConfig delta = parse("data.train = here, data.format = Delta");
    assertThat(delta.format()).contains(new FileFormat("delta"));
    assertThat(parse("data.train = x.jsonl, data.test = y.orc").testing().orElseThrow().format())
        .contains(new FileFormat("orc"));
  }

  @Test
  void optionsOfFiles() throws IOException {
    FileOptions options =
        parse(
                "data.train = a.csv",
                "data.options.separator=;",
                "data.options.decimal=,",
                "data.options.quote='",
                "data.options.escape=\\",
                "data.options.header=false",
                "data.options.multi-line=true",
                "data.options.encoding=latin1",
                "data.options.comment=\"#\"")
            .reading()
            .options();
    assertThat(options.separator()).isEqualTo(";");
    assertThat(options.decimal()).isEqualTo(',');
    assertThat(options.quote()).isEqualTo("'");
    assertThat(options.escape()).isEqualTo("\\");
    assertThat(options.header()).isFalse();
    assertThat(options.multiLine()).isTrue();
    assertThat(options.encoding().charset()).isEqualTo("ISO-8859-1");
    assertThat(options.others()).isEqualTo(Map.of("comment", "#"));
    FileOptions block =
        parse("data { train = a.csv, options { separator = \"\\t\", quote = \"\" } }")
            .reading()
            .options();
    assertThat(block.separator()).isEqualTo("\t");
    assertThat(block.quote()).isEmpty();
    assertThat(parse("data.train = a.csv", "data.options.separator=\\t").reading().options())
        .isEqualTo(
            parse("data.train = t.csv, data.options.separator = \"\\t\"").reading().options());
    // Whatever a source that Spark does not bring may know.
    Map<String, String> others =
        parse("data { train = a, format = delta, options { versionAsOf = 3, x.y = true } }")
            .reading()
            .options()
            .others();
    assertThat(others).isEqualTo(Map.of("versionAsOf", "3", "x.y", "true"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data.train=x.txt | the ending must be .csv",
        "data.train=[a.csv,b.parquet] | the ending must be .csv",
        "data.train=[\"table:a\",b.csv] | one table",
        "data.train=table: | one table",
        "data.train=[] | a list of them",
        "data.format=table | a table is data.train = table:NAME",
        "data.options.decimal=; | accepted is . or ,",
        "data.options.separator=ab | accepted is one character",
        "data.options.quote=ab | accepted is one character",
        "data.options.header=maybe | accepted is true or false",
        "data.options.seperator=; | did you mean data.options.separator",
        "data.options.Comment=x | did you mean data.options.comment",
        "data.options.header.x=1 | unknown option",
        "data.option.header=false | unknown key data.option.header"
      })
  void mistakesAreSentences(String override, String part) {
    assertThatThrownBy(() -> parse("data.train = a.csv", override))
        .isInstanceOf(ConfigException.class)
        .message()
        .contains(part)
        .doesNotContain("\n");
  }

  private DataConfig parse(String text, String... overrides) throws IOException {
    Path file = Files.writeString(directory.resolve("job.conf"), text + "\noutput.path = o\n");
    ConfigValues values = ConfigValues.read(file.toFile(), List.of(overrides));
    return Binder.read(values, List.of(), binder -> DataKeys.read(binder, Verb.FIT));
  }
}
