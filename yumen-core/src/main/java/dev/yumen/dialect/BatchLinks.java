package dev.yumen.dialect;

import dev.yumen.json.JsonScanner;
import dev.yumen.json.JsonScanner.Token;
import dev.yumen.json.MalformedJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Turns {@code results_url} of batch objects, an absolute address at the provider, into one at the
 * gateway. SDKs fetch it as it stands, with the caller's credential; left alone it would lead them
 * past the gateway and hand that credential to the provider.
 */
final class BatchLinks {
  private BatchLinks() {}

  /** Returns the body with each link changed and every other byte as it was. */
  static byte[] localise(byte[] body, String origin) {
    var out = new ByteArrayOutputStream(body.length + 64);
    int copied = 0;
    try {
      var scan = new JsonScanner(body);
      for (Token token = scan.next(); token != Token.END; token = scan.next()) {
        if (token == Token.KEY && scan.is("results_url") && scan.next() == Token.STRING) {
          String url = scan.text();
          int path = url.indexOf("/v1/messages/batches/");
          if (path >= 0) {
            out.write(body, copied, scan.from() - copied);
            out.writeBytes(quoted(origin + url.substring(path)));
            copied = scan.to();
          }
        }
      }
    } catch (MalformedJson e) {
      return body;
    }
    out.write(body, copied, body.length - copied);
    return out.toByteArray();
  }

  private static byte[] quoted(String url) {
    var out = new StringBuilder(url.length() + 2).append('"');
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c < ' ' || Character.isSurrogate(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString().getBytes(StandardCharsets.UTF_8);
  }
}
