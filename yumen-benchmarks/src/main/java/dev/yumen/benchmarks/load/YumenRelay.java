package dev.yumen.benchmarks.load;

import dev.yumen.authentication.NewKey;
import dev.yumen.server.store.KeyFile;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Yumen with keys, access log and metrics, as its users run it. */
record YumenRelay(List<String> command, String cores) implements Relay {
  private static final int PATIENCE_MS = 60_000;

  @Override
  public String name() {
    return "yumen";
  }

  @Override
  public Running start(int providerPort, Path directory) throws IOException, InterruptedException {
    String key = key(directory.resolve("keys.json"));
    Path settings = directory.resolve("yumen.yaml");
    Files.writeString(
        settings,
        """
        listen: {port: 0}
        admin: {port: 0}
        providers:
          - name: fast
            base-url: http://127.0.0.1:%d
            credential: {x-api-key: "${env:PROVIDER_KEY}"}
            timeouts: {idle: 1h}
        authentication:
          keys: {file: keys.json}
        limits: {keep-alive: 1h, ping: 1h}
        """
            .formatted(providerPort));
    var line = new ArrayList<String>(List.of("taskset", "-c", cores));
    line.addAll(command);
    line.addAll(List.of("serve", "--config", settings.toString()));
    File said = directory.resolve("yumen.out").toFile();
    var starting =
        new ProcessBuilder(line)
            .redirectOutput(said)
            .redirectError(directory.resolve("yumen.err").toFile());
    starting.environment().put("PROVIDER_KEY", "secret");
    var process = starting.start();
    return new Running(process, process.pid(), port(process, said.toPath()), key);
  }

  private static String key(Path file) throws IOException {
    Files.deleteIfExists(file);
    var fresh =
        NewKey.of(
            "benchmark",
            "benchmark",
            List.of("*"),
            null,
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            new SecureRandom());
    new KeyFile(file).change(_ -> List.of(fresh.key()));
    return fresh.text().text();
  }

  /** Waits until it has said where it listens. */
  private static int port(Process process, Path said) throws IOException, InterruptedException {
    for (int waited = 0; waited < PATIENCE_MS && process.isAlive(); waited++) {
      var url =
          Files.readAllLines(said).stream().filter(line -> line.startsWith("url: ")).findFirst();
      if (url.isPresent()) {
        return URI.create(url.get().substring(5).strip()).getPort();
      }
      Thread.sleep(1);
    }
    process.destroy();
    throw new IOException("Yumen did not start; see " + said + " and yumen.err beside it");
  }
}
