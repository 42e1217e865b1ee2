package finitewidth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Examples in documents: a block of code after a comment that names it. */
public final class Documents {
  private Documents() {}

  /**
   * The code after {@code <!-- example: NAME -->}.
   *
   * @param mostLines more is no example
   */
  public static String example(String document, String name, int mostLines) throws IOException {
    Matcher block =
        Pattern.compile(
                "<!-- example: " + Pattern.quote(name) + " -->\n+```[a-z]+\n(.*?)```",
                Pattern.DOTALL)
            .matcher(Files.readString(Path.of(document)));
    assertThat(block.find()).as("an example " + name + " in " + document).isTrue();
    String code = block.group(1);
    assertThat(block.find()).as("a second example " + name + " in " + document).isFalse();
    assertThat(code.lines().toList()).hasSizeLessThanOrEqualTo(mostLines);
    return code;
  }

  /** Compiles a class into the directory of its source. */
  public static void compile(Path source, String classPath) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-proc:none", "-cp", classPath, "-d", source.getParent().toString()),
                null,
                compiler
                    .getStandardFileManager(null, null, null)
                    .getJavaFileObjects(source.toFile()))
            .call();
    assertThat(compiled).as(messages.toString()).isTrue();
  }
}
