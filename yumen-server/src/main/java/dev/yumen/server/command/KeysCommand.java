package dev.yumen.server.command;

import dev.yumen.authentication.Key;
import dev.yumen.authentication.KeyText;
import dev.yumen.authentication.NewKey;
import dev.yumen.server.store.KeyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code yumen keys}: makes, lists and withdraws keys. A running gateway follows within seconds.
 */
@Command(
    name = "keys",
    description = "Make, list and withdraw the keys with which applications may ask.",
    footer = {
      "",
      "A running gateway that uses the file follows every change within seconds.",
      "Exit codes: 0 done, 1 failed (one sentence says why), 2 wrong usage."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class KeysCommand implements Runnable {
  private final InstantSource clock;
  private final SecureRandom random;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--file",
      paramLabel = "PATH",
      defaultValue = "keys.json",
      scope = ScopeType.INHERIT,
      description = "The key file. Default: ${DEFAULT-VALUE} in the working directory.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

  /**
   * Creates the command.
   *
   * @param clock says when keys are made and withdrawn
   * @param random makes ids, secrets and salts
   */
  public KeysCommand(InstantSource clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: create, list or revoke.");
  }

  @Command(
      name = "create",
      description = "Make a key and print it. Only a hash is kept: it cannot be shown again.",
      mixinStandardHelpOptions = true)
  int create(
      @Option(
              names = "--name",
              required = true,
              paramLabel = "NAME",
              description = "What people call the holder, for instance an application.")
          String name,
      @Option(
              names = "--tenant",
              defaultValue = "default",
              paramLabel = "TENANT",
              description =
                  "The team or organisation its requests are counted for. Default: ${DEFAULT-VALUE}.")
          String tenant,
      @Option(
              names = "--expires",
              paramLabel = "WHEN",
              converter = Expiry.Reader.class,
              description = "12h, 90d, 4w or the last day, as 2027-12-31 (UTC). Default: never.")
          @Nullable Expiry expires,
      @Option(
              names = "--models",
              split = ",",
              defaultValue = "*",
              paramLabel = "PATTERN",
              description =
                  "The models it may ask; * stands for any text. Default: ${DEFAULT-VALUE}.")
          List<String> models) {
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var end = expires == null ? null : expires.from().apply(now);
    if (end != null && !end.isAfter(now)) {
      throw new ParameterException(subcommand("create"), "--expires lies in the past.");
    }
    NewKey made;
    try {
      made = NewKey.of(name, tenant, models, end, now, random);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(subcommand("create"), sentence(e), e);
    }
    return orFail(() -> {
      new KeyFile(file)
          .change(keys -> {
            var more = new ArrayList<>(keys);
            more.add(made.key());
            return more;
          });
      out().println("key: " + made.text().text());
      out().println("id: " + made.key().id());
      out().println("expires: " + (end == null ? "never" : end));
      out().println("Copy the key now: it is shown only this once, " + file + " keeps a hash.");
    });
  }

  @Command(
      name = "list",
      description = "List the keys, never their secrets.",
      mixinStandardHelpOptions = true)
  int list(@Option(names = "--json", description = "Print a JSON array.") boolean json) {
    return orFail(() -> {
      var now = clock.instant();
      var keys = new KeyFile(file).read();
      out().println(json ? json(keys, now) : table(keys, now));
    });
  }

  @Command(
      name = "revoke",
      description = "Withdraw a key for good. Withdrawing it twice does no harm.",
      mixinStandardHelpOptions = true)
  int revoke(
      @Parameters(paramLabel = "ID", description = "The id, as `yumen keys list` shows it.")
          String id) {
    return orFail(() -> {
      var keyFile = new KeyFile(file);
      var key = find(id, keyFile.read());
      if (key.revoked() != null) {
        out().println("Key " + id + " was already revoked at " + key.revoked() + ".");
        return;
      }
      var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
      keyFile.change(keys ->
          keys.stream()
              .map(k -> k.id().equals(id) && k.revoked() == null ? k.revoked(now) : k)
              .toList());
      out().println("Key " + id + " (" + key.name() + ") is revoked.");
    });
  }

  private Key find(String id, List<Key> keys) throws IOException {
    for (var key : keys) {
      if (key.id().equals(id)) {
        return key;
      }
    }
    // A whole key pasted by mistake must not be printed.
    var shown = KeyText.isId(id) ? "the id " + id : "this id";
    throw new IOException(file + " has no key with " + shown + "; `yumen keys list` shows all ids");
  }

  private static String table(List<Key> keys, Instant now) {
    if (keys.isEmpty()) {
      return "No keys.";
    }
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("ID", "NAME", "TENANT", "STATE", "CREATED", "EXPIRES", "MODELS"));
    for (var key : keys) {
      rows.add(
          List.of(
              key.id(),
              key.name(),
              key.tenant(),
              state(key, now),
              key.created().toString(),
              Objects.toString(key.expires(), "never"),
              String.join(",", key.models())));
    }
    return Table.text(rows);
  }

  private static String json(List<Key> keys, Instant now) {
    var entries = new ArrayList<LinkedHashMap<String, @Nullable Object>>();
    for (var key : keys) {
      var entry = new LinkedHashMap<String, @Nullable Object>();
      entry.put("id", key.id());
      entry.put("name", key.name());
      entry.put("tenant", key.tenant());
      entry.put("state", state(key, now));
      entry.put("created", key.created());
      entry.put("expires", key.expires());
      entry.put("revoked", key.revoked());
      entry.put("models", key.models());
      entries.add(entry);
    }
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(entries);
  }

  private static String state(Key key, Instant now) {
    if (key.revoked() != null) {
      return "revoked";
    }
    return key.expired(now) ? "expired" : "active";
  }

  /** Runs the action; an error of the file becomes one sentence and exit code 1. */
  private int orFail(Action action) {
    try {
      action.run();
      out().flush();
      return CommandLine.ExitCode.OK;
    } catch (IOException e) {
      spec.commandLine().getErr().println("yumen keys: " + sentence(e));
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private CommandLine subcommand(String name) {
    return Objects.requireNonNull(spec.subcommands().get(name), name);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static String sentence(Exception e) {
    return e.getMessage() + ".";
  }

  private interface Action {
    void run() throws IOException;
  }
}
