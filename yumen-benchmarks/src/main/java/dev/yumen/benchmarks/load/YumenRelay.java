package dev.yumen.benchmarks.load;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Yumen with keys, access log and metrics. */
record YumenRelay(String java, List<String> flags, int core) implements Relay {

  @Override
  public String name() {
    return "yumen";
  }

  @Override
  public Running start(int providerPort, Path directory) throws IOException {
    var command = new ArrayList<String>(List.of("taskset", "-c", Integer.toString(core), java));
    command.addAll(flags);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Stand.class.getName(),
            Integer.toString(providerPort),
            directory.resolve("yumen-access.log").toString()));
    File errors = directory.resolve("yumen.err").toFile();
    var process = new ProcessBuilder(command).redirectError(errors).start();
    int port = 0;
    String key = null;
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    while (port == 0 || key == null) {
      String line = out.readLine();
      if (line == null) {
        throw new IOException("Yumen did not start; see " + errors);
      }
      if (line.startsWith("port: ")) {
        port = Integer.parseInt(line.substring(6).strip());
      } else if (line.startsWith("key: ")) {
        key = line.substring(5).strip();
      }
    }
    return new Running(process, process.pid(), port, key);
  }
}
