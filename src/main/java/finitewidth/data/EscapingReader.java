package finitewidth.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/** Decodes bytes; those that are no text stay as escapes. A byte order mark is left out. */
final class EscapingReader extends Reader {
  private static final int BUFFER = 1 << 13;

  /** No decoder refuses more bytes at once. */
  private static final int MOST_REFUSED = 16;

  private static final char MARK = '\uFEFF';

  private final InputStream in;
  // As it comes, a decoder reports what it cannot decode.
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
  private final CharBuffer chars = CharBuffer.allocate(BUFFER).flip();
  private boolean begun;
  private boolean last;
  private boolean done;

  EscapingReader(InputStream in, Charset charset) {
    this.in = in;
    decoder = charset.newDecoder();
  }

  @Override
  public int read(char[] to, int from, int length) throws IOException {
    while (!chars.hasRemaining()) {
      if (done) {
        return -1;
      }
      fill();
      if (!begun && chars.hasRemaining()) {
        begun = true;
        if (chars.get(chars.position()) == MARK) {
          chars.get();
        }
      }
    }
    int read = Math.min(length, chars.remaining());
    chars.get(to, from, read);
    return read;
  }

  private void fill() throws IOException {
    chars.clear();
    while (chars.position() == 0 && !done) {
      chars.limit(BUFFER - MOST_REFUSED);
      CoderResult result = decoder.decode(bytes, chars, last);
      chars.limit(BUFFER);
      for (int k = 0; result.isError() && k < result.length(); k++) {
        int code = bytes.get() & 0xFF;
        chars.put((char) (code < 0x80 ? code : Encoding.ESCAPE + code));
      }
      if (result.isUnderflow() && last) {
        decoder.flush(chars);
        done = true;
      } else if (result.isUnderflow() && chars.position() == 0) {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        last = read < 0;
        bytes.position(bytes.position() + Math.max(read, 0)).flip();
      }
    }
    chars.flip();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
