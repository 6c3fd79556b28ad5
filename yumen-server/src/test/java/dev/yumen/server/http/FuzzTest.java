package dev.yumen.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Thousands of damaged requests: the door neither hangs nor fails nor forgets anything. */
@ExtendWith(WithoutComplaint.class)
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class FuzzTest {
  private static final String[] WHOLE = {
    RawCaller.question(),
    RawCaller.streamingQuestion(),
    RawCaller.get("/v1/models?limit=3"),
    RawCaller.post("/v1/files", "some file"),
    RawCaller.question().replace("host", "expect: 100-continue\r\nhost"),
    "POST /v1/messages HTTP/1.1\r\nhost: door\r\nauthorization: Bearer good\r\n"
        + "transfer-encoding: chunked\r\n\r\n6;a=b\r\n{\"mode\r\n7\r\nl\":\"m\"}\r\n0\r\nx: y\r\n\r\n",
  };

  private static final String[] PIECES = {
    "\r\n",
    "\n",
    "\r",
    "\0",
    ":",
    " ",
    "\t",
    "\r\n\r\n",
    "chunked",
    "0\r\n\r\n",
    "-1",
    "ffffffff",
    "content-length: 3\r\n",
    "transfer-encoding: chunked\r\n",
    "HTTP/1.1",
    "GET / HTTP/1.1\r\n",
    "\u00ff",
    ",",
    ";",
    "%",
    "#",
    "{",
    "\"",
  };

  @Test
  void damaged_requests_leave_nothing_behind() throws Exception {
    long seed = Long.getLong("fuzz.seed", 20261125);
    var random = new Random(seed);
    int failures = 0;
    try (var provider =
            ScriptedProvider.answering(
                ScriptedProvider.whole(200, "application/json", ScriptedProvider.MESSAGE));
        var door = new OpenDoor(provider.base(), s -> s.inFlight(64 * 1024))) {
      for (int i = 0; i < 3000; i++) {
        byte[] request = damaged(random);
        try (var caller = door.call()) {
          caller.send(request);
          if (random.nextInt(8) == 0) {
            caller.cut();
            continue;
          }
          caller.socket().shutdownOutput();
          String answer = caller.readToEnd();
          if (answer.contains("HTTP/1.1 500") || answer.contains("\"internal\"")) {
            failures++;
            System.err.println(new String(request, StandardCharsets.ISO_8859_1));
          }
        } catch (IOException e) {
          assertThat(e).isNotInstanceOf(java.net.SocketTimeoutException.class);
        }
      }
      assertThat(failures).as("answers of 500 with seed %d", seed).isZero();
      while (!door.entries().isEmpty()) {
        door.nextEntry();
      }
      HangUpTest.assertBudgetIsWhole(door, 64 * 1024);
    }
  }

  private static byte[] damaged(Random random) {
    byte[] bytes = WHOLE[random.nextInt(WHOLE.length)].getBytes(StandardCharsets.ISO_8859_1);
    for (int n = random.nextInt(4); n >= 0; n--) {
      int at = random.nextInt(bytes.length + 1);
      byte[] piece = PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.ISO_8859_1);
      switch (random.nextInt(5)) {
        case 0 -> bytes = joined(bytes, at, piece, at);
        case 1 -> bytes = joined(bytes, at, piece, Math.min(bytes.length, at + piece.length));
        case 2 ->
            bytes =
                joined(bytes, at, new byte[0], Math.min(bytes.length, at + 1 + random.nextInt(9)));
        case 3 -> bytes = Arrays.copyOf(bytes, at);
        default -> {
          if (at < bytes.length) {
            bytes[at] = (byte) random.nextInt(256);
          }
        }
      }
    }
    return random.nextInt(3) == 0
        ? joined(bytes, bytes.length, WHOLE[0].getBytes(StandardCharsets.ISO_8859_1), bytes.length)
        : bytes;
  }

  private static byte[] joined(byte[] bytes, int to, byte[] piece, int from) {
    byte[] all = Arrays.copyOf(bytes, to + piece.length + bytes.length - from);
    System.arraycopy(piece, 0, all, to, piece.length);
    System.arraycopy(bytes, from, all, to + piece.length, bytes.length - from);
    return all;
  }
}
