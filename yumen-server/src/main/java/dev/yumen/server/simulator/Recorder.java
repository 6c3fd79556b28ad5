package dev.yumen.server.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Appends a JSON line for each request to a file. Credentials are replaced by a part of their hash:
 * enough to tell two apart, too little to use one.
 */
final class Recorder {
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "x-api-key", "proxy-authorization", "cookie");
  private static final int SHOWN_BYTES = 6;

  private final AsyncFile file;
  private final InstantSource clock;

  private Recorder(AsyncFile file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  static Future<Recorder> open(Vertx vertx, Path path, InstantSource clock) {
    return vertx
        .fileSystem()
        .open(
            path.toString(),
            new OpenOptions().setAppend(true).setCreate(true).setPerms("rw-------"))
        .map(file -> new Recorder(file, clock));
  }

  /** Writes the line; the future completes when it is in the file. */
  Future<Void> record(Call call) {
    return file.write(Buffer.buffer(Json.bytes(line(call))).appendByte((byte) '\n'));
  }

  Future<Void> close() {
    return file.close();
  }

  private ObjectNode line(Call call) {
    var line =
        Json.object()
            .put("time", clock.instant().toString())
            .put("id", call.id())
            .put("method", call.method())
            .put("path", call.path());
    ObjectNode query = line.putObject("query");
    call.query().forEach(query::put);
    ObjectNode headers = line.putObject("headers");
    call.headers()
        .forEach(
            (name, value) -> headers.put(name, CREDENTIALS.contains(name) ? masked(value) : value));
    byte[] body = call.body().bytes();
    try {
      line.put(
          "body", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      line.put("body_base64", Base64.getEncoder().encodeToString(body));
    }
    return line;
  }

  private static String masked(String value) {
    int space = value.indexOf(' ');
    byte[] hash = Signatures.sha256(value.substring(space + 1).getBytes(StandardCharsets.UTF_8));
    return value.substring(0, space + 1)
        + "sha256:"
        + HexFormat.of().formatHex(hash, 0, SHOWN_BYTES);
  }
}
