package dev.yumen.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * nginx with {@code proxy_pass} and what a gateway must do at least: the same key is asked for, the
 * provider's key put in its place, each request logged, counters kept.
 */
record NginxRelay(String binary, String cores) implements Relay {
  private static final String KEY = "ym_0123456789ab_" + "k".repeat(49);

  @Override
  public String name() {
    return "nginx";
  }

  @Override
  public Running start(int providerPort, Path directory) throws IOException, InterruptedException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path settings = directory.resolve("nginx.conf");
    Files.writeString(
        settings,
        template()
            .replace("{directory}", directory.toString())
            .replace("{port}", Integer.toString(port))
            .replace("{provider}", Integer.toString(providerPort))
            .replace("{key}", KEY));
    var process =
        new ProcessBuilder("taskset", "-c", cores, binary, "-c", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("nginx.out").toFile())
            .start();
    awaitPort(process, port);
    long worker = process.children().findFirst().orElseThrow().pid();
    return new Running(process, worker, port, KEY);
  }

  private static String template() throws IOException {
    try (var in = NginxRelay.class.getResourceAsStream("/nginx.conf")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    }
  }

  private static void awaitPort(Process process, int port)
      throws IOException, InterruptedException {
    for (int tries = 0; tries < 500; tries++) {
      try (var probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (probe.isConnected() && process.children().findFirst().isPresent()) {
          return;
        }
      } catch (IOException e) {
        if (!process.isAlive()) {
          throw new IOException("nginx did not start; see nginx.out and nginx-error.log", e);
        }
      }
      Thread.sleep(10);
    }
    throw new IOException("nginx does not listen");
  }
}
