package dev.yumen.dialect;

import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Decodes compressed request bodies (RFC 9110 section 8.4): gzip and deflate. */
final class ContentCoding {
  private ContentCoding() {}

  /**
   * Returns the body without its coding.
   *
   * @param coding the {@code content-encoding} fields, joined by commas; empty when there is none
   * @param limit bytes after decoding; decoding stops there, so a small body cannot fill the memory
   */
  static byte[] decode(byte[] body, String coding, long limit) throws Refused {
    String name = coding.strip().toLowerCase(Locale.ROOT);
    if (name.isEmpty() || name.equals("identity")) {
      return body;
    }
    if (!name.equals("gzip") && !name.equals("x-gzip") && !name.equals("deflate")) {
      throw new Refused(
          Reason.REQUEST_BODY_ENCODING_UNSUPPORTED,
          "The content-encoding is not known here. Send the body as gzip, deflate or plain.");
    }
    try (InputStream in = open(body, name)) {
      var out =
          new ByteArrayOutputStream((int) Math.min(Math.max(limit, 32), 4L * body.length + 32));
      byte[] buffer = new byte[16 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (out.size() + (long) n > limit) {
          throw new Refused(
              Reason.REQUEST_BODY_TOO_LARGE_AFTER_DECODING,
              "The body is longer than " + limit + " bytes once decoded. Send less at a time.");
        }
        out.write(buffer, 0, n);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new Refused(
          Reason.REQUEST_BODY_ENCODING_INVALID,
          "The body is not valid " + name + ". Send it again.");
    }
  }

  private static InputStream open(byte[] body, String name) throws IOException {
    var in = new ByteArrayInputStream(body);
    return name.equals("deflate") ? new InflaterInputStream(in) : new GZIPInputStream(in);
  }
}
