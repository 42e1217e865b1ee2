package finitewidth.model;

import static org.assertj.core.api.Assertions.assertThat;

/** Metadata of models as earlier versions would have written them. */
public final class OlderFormats {
  private OlderFormats() {}

  /**
   * Of a model of the exact or the sampled engine.
   *
   * @param format from 3 to 5
   * @param text of the present format
   */
  public static String metadata(int format, String text) {
    String before =
        text.replace("\"format\":6", "\"format\":" + format)
            .replace("\"engine\":\"exact\",\"numbers\":{}", "\"sampling\":[]")
            .replaceAll(
                "\"engine\":\"sampled\",\"numbers\":\\{\"batches\":(\\[[\\d,]*\\]),"
                    + "\"drawsPerBatch\":\\[(\\d+)\\],\"seed\":\\[(\\d+)\\]\\}",
                "\"sampling\":[{\"seed\":$3,\"drawsPerBatch\":$2,\"batches\":$1}]");
    assertThat(before).contains("\"format\":" + format).contains("\"sampling\":[");
    if (format == 5) {
      return before;
    }
    String undigested = before.replaceAll(",\"digests\":\\{[^}]*\\}", "");
    assertThat(undigested).doesNotContain("digests");
    return format == 4
        ? undigested
        : undigested.replaceAll(",\"inducing\":\\[\\{[^\\]]*\\}\\]", "");
  }
}
