package dev.yumen.server;

import dev.yumen.authentication.NewKey;
import dev.yumen.server.settings.Settings;
import dev.yumen.server.settings.SettingsFile;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code yumen serve}: runs a gateway until it is told to stop. Without a settings file it asks the
 * built-in simulated provider and makes a key that lives as long as the process.
 */
@Command(
    name = "serve",
    description = {
      "Run the gateway.",
      "",
      "Without --config it listens on 127.0.0.1:8080, asks a built-in simulated provider, and makes a"
          + " key that is valid until it stops. Keys that `yumen keys create` put into keys.json in"
          + " the working directory are valid too.",
      "",
      "Ctrl-C or SIGTERM stops it: running answers are finished first. A second Ctrl-C ends them."
          + " SIGHUP reads the settings again; a changed file is noticed within seconds."
    },
    footer = {
      "",
      "Exit codes: 0 stopped, 1 could not start (one sentence says why), 2 wrong usage."
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  /** The exit code that says: do not exit, the gateway runs. */
  static final int RUNNING = -1;

  private final InstantSource clock;
  private final SecureRandom random;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The settings, see docs/reference/settings.md.")
  private @Nullable Path config;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "Where to listen, instead of what the settings say. 0 takes a free port.")
  private @Nullable Integer port;

  ServeCommand(InstantSource clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Integer call() {
    if (port != null && (port < 0 || port > 65535)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--port " + port + " is no port: use 0 to 65535.");
    }
    try {
      serve();
      return RUNNING;
    } catch (StartException e) {
      e.sentences().forEach(sentence -> err().println("yumen: " + sentence));
      err().flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private void serve() throws StartException {
    if (config != null) {
      var server =
          Server.start(
              new SettingsFile(config, System::getenv), port, clock, System::nanoTime, random);
      announce(server);
    } else {
      var key =
          NewKey.of(
              "serve",
              "default",
              List.of("*"),
              null,
              clock.instant().truncatedTo(ChronoUnit.SECONDS),
              random);
      var settings = Settings.embedded(port);
      var server = Server.start(settings, List.of(key.key()), clock, System::nanoTime, random);
      announce(server);
      out().println("key: " + key.text().text());
      out().println();
      tryIt(server.url(), key.text().text());
    }
    out().flush();
  }

  private void announce(Server server) {
    stopOnSignals(server);
    out().println("url: " + server.url());
    out().println("admin: " + server.adminUrl());
  }

  /** The first signal drains, a second one ends at once. */
  private static void stopOnSignals(Server server) {
    var stopping = new AtomicBoolean();
    for (String signal : List.of("INT", "TERM")) {
      Signals.on(
          signal,
          () -> {
            if (stopping.getAndSet(true)) {
              Runtime.getRuntime().halt(CommandLine.ExitCode.SOFTWARE);
            }
            Thread.ofPlatform()
                .name("drain")
                .start(() -> {
                  server.drain();
                  System.exit(CommandLine.ExitCode.OK);
                });
          });
    }
  }

  private void tryIt(URI url, String key) {
    out()
        .println(
            """
            Try it, in another terminal:

              curl %1$s/v1/messages -H "x-api-key: %2$s" \\
                -H "anthropic-version: 2023-06-01" -H "content-type: application/json" \\
                -d '{"model":"claude-sonnet-5","max_tokens":100,"messages":[{"role":"user","content":"Hello"}]}'

              ANTHROPIC_BASE_URL=%1$s ANTHROPIC_AUTH_TOKEN=%2$s claude -p "Hello"

              Anthropic(base_url="%1$s", auth_token="%2$s")       # the official SDK, here Python

            A simulated provider answers, so nothing leaves this machine. The key is valid until this
            stops; `yumen keys create` makes lasting ones. Ctrl-C stops, running answers are finished first.
            """
                .formatted(url, key));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
