package dev.yumen.server.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A directory with a settings file, the files it refers to, and an environment. */
public record SettingsDirectory(Path path, Map<String, String> environment) {
  public static final String SECRET = "sk-canary-0123456789abcdefghijklmnopqrstuvwxyz";

  /** Makes the files that {@code full.yaml} refers to. */
  public static SettingsDirectory in(Path path) throws IOException {
    Files.createDirectories(path.resolve("tls"));
    Files.createDirectories(path.resolve("secrets"));
    Files.writeString(path.resolve("tls/chain.pem"), "chain");
    Files.writeString(path.resolve("tls/key.pem"), "key");
    Files.writeString(path.resolve("script.json"), "{}");
    var directory =
        new SettingsDirectory(
            path,
            new HashMap<>(
                Map.of(
                    "ANTHROPIC_KEY", SECRET,
                    "CI_SECRET", SECRET,
                    "OTLP_AUTHORIZATION", "Bearer " + SECRET)));
    directory.secretFile("bearer", SECRET + "\n");
    return directory;
  }

  public static String full() throws IOException {
    try (var in = SettingsDirectory.class.getResourceAsStream("full.yaml")) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  public Path secretFile(String name, String content) throws IOException {
    var file = Files.writeString(path.resolve("secrets").resolve(name), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  public SettingsFile file() {
    return new SettingsFile(path.resolve("yumen.yaml"), environment::get);
  }

  public Reading read(String yaml) throws IOException {
    return read(yaml.getBytes(UTF_8));
  }

  public Reading read(byte[] yaml) throws IOException {
    Files.write(file().path(), yaml);
    return file().read();
  }

  public Settings settings(String yaml) throws IOException {
    return switch (read(yaml)) {
      case Reading.Valid valid -> valid.settings();
      case Reading.Invalid invalid -> throw new AssertionError(invalid.problems());
    };
  }

  /** The problems as {@code line:column: sentence}. */
  public List<String> problems(String yaml) throws IOException {
    return switch (read(yaml)) {
      case Reading.Valid valid -> List.of();
      case Reading.Invalid invalid ->
          invalid.problems().stream()
              .map(one -> one.line() + ":" + one.column() + ": " + one.sentence())
              .toList();
    };
  }
}
