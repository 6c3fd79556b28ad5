package dev.yumen.server.command;

import dev.yumen.authentication.Key;
import dev.yumen.server.settings.Problem;
import dev.yumen.server.settings.Reading;
import dev.yumen.server.settings.Settings;
import dev.yumen.server.settings.SettingsFile;
import dev.yumen.server.store.KeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code yumen check}: says what is wrong with a settings file, or what it amounts to. */
@Command(
    name = "check",
    description = "Check a settings file and explain what it amounts to. Nothing is started.",
    footer = {
      "",
      "Exit codes: 0 the file can be used, 1 it cannot (every problem is printed with its line),"
          + " or no provider serves the model asked for, 2 wrong usage."
    },
    mixinStandardHelpOptions = true)
public final class CheckCommand implements Callable<Integer> {
  private final InstantSource clock;
  private final Function<String, @Nullable String> environment;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The settings file.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description =
          "Say only which provider this model goes to, who may ask it, and what is doubtful.")
  private @Nullable String model;

  /**
   * Creates the command.
   *
   * @param clock says which keys have expired
   * @param environment the variables that secrets may refer to
   */
  public CheckCommand(InstantSource clock, Function<String, @Nullable String> environment) {
    this.clock = clock;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return switch (new SettingsFile(file, environment).read()) {
      case Reading.Invalid(var problems, _) -> {
        var err = spec.commandLine().getErr();
        problems.forEach(err::println);
        err.println(
            "yumen check: "
                + file
                + " cannot be used: "
                + (problems.size() == 1 ? "1 problem." : problems.size() + " problems."));
        yield CommandLine.ExitCode.SOFTWARE;
      }
      case Reading.Valid(var settings, var warnings, _) -> explain(settings, warnings);
    };
  }

  private int explain(Settings settings, List<Problem> found) {
    var warnings = new ArrayList<String>();
    found.forEach(one -> warnings.add(one.toString()));
    warnings.addAll(Warnings.of(settings));
    var now = clock.instant();
    var keys = List.<Key>of();
    try {
      var keyFile = settings.authentication().keys();
      if (keyFile != null) {
        keys = new KeyFile(keyFile.file()).read();
      }
      warnings.addAll(Warnings.of(settings, keys, now));
    } catch (IOException e) {
      warnings.add("The keys cannot be read, and the gateway would not start: " + message(e));
    }
    var out = spec.commandLine().getOut();
    var explanation = new Explanation(settings, keys, now);
    boolean served = true;
    if (model == null) {
      out.println(file + " can be used.");
      out.println();
      explanation.write(out);
    } else {
      served = explanation.write(out, model);
    }
    if (!warnings.isEmpty()) {
      out.println();
      out.println("Warnings");
      warnings.forEach(warning -> out.println("  " + warning));
    }
    out.flush();
    return served ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private static String message(IOException e) {
    return e.getMessage() + ".";
  }
}
