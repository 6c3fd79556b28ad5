package dev.yumen.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long it takes from the start of the process to the first answered question.
 *
 * @param relay its name
 * @param millis of each start, in order
 * @param rssKib resident set size of the last one after its answer
 */
record FirstResponse(String relay, List<Long> millis, long rssKib) {
  private static final int STARTS = 5;
  private static final int BODY = 1024;

  static FirstResponse measure(Bench bench, Relay relay, Path out)
      throws IOException, InterruptedException {
    var millis = new ArrayList<Long>();
    long rss = 0;
    for (int i = 0; i < STARTS; i++) {
      long began = System.nanoTime();
      try (Relay.Running running = relay.start(bench.providerPort(), out)) {
        ask(running);
        millis.add((System.nanoTime() - began) / 1_000_000);
        Thread.sleep(500);
        rss = Machine.rssKib(running.pid());
      }
    }
    return new FirstResponse(relay.name(), millis, rss);
  }

  long median() {
    return millis.stream().sorted().toList().get(millis.size() / 2);
  }

  private static void ask(Relay.Running running) throws IOException {
    ByteBuf question = Scenario.question(running.key(), 0, 0, 0, BODY);
    byte[] bytes = new byte[question.readableBytes()];
    question.getBytes(0, bytes);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), running.port())) {
      socket.getOutputStream().write(bytes);
      String status = new String(socket.getInputStream().readNBytes(12), US_ASCII);
      if (!status.equals("HTTP/1.1 200")) {
        throw new IOException("the first answer was " + status);
      }
    }
  }
}
