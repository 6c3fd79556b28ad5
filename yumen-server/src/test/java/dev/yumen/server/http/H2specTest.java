package dev.yumen.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The public conformance suite for HTTP/2, where it is installed: {@code
 * yumen-acceptance/clients/install} does that.
 */
class H2specTest {
  /**
   * Netty answers a second head on a stream that is done with an error of that stream, or passes
   * over it, where the suite wants the connection closed. No request comes of it either way; each
   * is among the exceptions of Netty's own run of the suite.
   */
  private static final Set<String> NETTY =
      Set.of(
          "half closed (remote): Sends a HEADERS frame",
          "closed: Sends a HEADERS frame",
          "Sends stream identifier that is numerically smaller than previous");

  @TempDir Path folder;

  @Test
  void the_door_passes_h2spec() throws Exception {
    Path h2spec = find();
    if (h2spec == null) {
      System.err.println("H2SPEC WAS NOT FOUND: HTTP/2 CONFORMANCE WAS NOT TESTED");
    }
    assumeTrue(h2spec != null, "h2spec is not installed");
    var certificate = Certificate.make(folder, "door");
    Path report = folder.resolve("report.xml");

    String said;
    try (var provider = ScriptedProvider.answeringMessages();
        var door = new OpenDoor(provider.base(), s -> s.tls(certificate.files()))) {
      var process =
          new ProcessBuilder(
                  h2spec.toString(),
                  "-t",
                  "-k",
                  "-o",
                  "5",
                  "-h",
                  "127.0.0.1",
                  "-p",
                  Integer.toString(door.port()),
                  "-j",
                  report.toString())
              .redirectErrorStream(true)
              .start();
      said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
    }

    assertThat(said).contains(" tests, ");
    assertThat(failures(said)).as(said).isSubsetOf(NETTY);
  }

  private static Set<String> failures(String said) {
    return Pattern.compile("\u00d7 \\d+: (.+)")
        .matcher(said)
        .results()
        .map(result -> result.group(1).strip())
        .collect(Collectors.toSet());
  }

  private static Path find() {
    var places = new ArrayList<Path>();
    if (System.getenv("H2SPEC") != null) {
      places.add(Path.of(System.getenv("H2SPEC")));
    }
    places.add(Path.of("../yumen-acceptance/clients/bin/h2spec"));
    for (String folder :
        List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))) {
      places.add(Path.of(folder, "h2spec"));
    }
    places.add(Path.of(System.getProperty("user.home"), "go", "bin", "h2spec"));
    return places.stream().filter(Files::isExecutable).findFirst().orElse(null);
  }
}
