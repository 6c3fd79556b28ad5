package dev.yumen.server;

import dev.yumen.server.command.CheckCommand;
import dev.yumen.server.command.KeysCommand;
import dev.yumen.server.command.PrivacyCommand;
import dev.yumen.server.command.SimulateCommand;
import dev.yumen.server.command.TokensCommand;
import dev.yumen.server.telemetry.Logging;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program {@code yumen}: one command line for everything. */
@Command(
    name = "yumen",
    description = {
      "",
      "A self-hosted gateway between your applications and LLM APIs.",
      "",
      "Start one with `yumen serve`: it needs no settings, no key and no internet.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "`yumen COMMAND --help` explains each command."})
public final class Main implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private Main() {}

  /** Runs the command that the arguments name and exits with its code. */
  public static void main(String[] arguments) {
    Logging.adoptUncaught();
    int code = commandLine().execute(arguments);
    if (code != ServeCommand.RUNNING) {
      System.exit(code);
    }
  }

  /** The command line, for the program and for what describes it. */
  static CommandLine commandLine() {
    var clock = InstantSource.system();
    var random = new SecureRandom();
    return new CommandLine(new Main())
        .addSubcommand(new ServeCommand(clock, random))
        .addSubcommand(new CheckCommand(clock, System::getenv))
        .addSubcommand(new KeysCommand(clock, random))
        .addSubcommand(new TokensCommand(clock, System::getenv))
        .addSubcommand(new PrivacyCommand())
        .addSubcommand(new SimulateCommand(clock, System::nanoTime, random))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((e, command, _) -> failed(e, command));
  }

  /** Without a command there is nothing to do but to say what could be done. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** The stack trace goes through the log, which redacts it. */
  private static int failed(Exception e, CommandLine command) {
    command.getErr().println("yumen: a fault of Yumen itself, please report it:");
    command.getErr().flush();
    LoggerFactory.getLogger(Main.class).error("{} failed", command.getCommandName(), e);
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** The version in the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Yumen " + text() + ", Java " + Runtime.version()};
    }

    static String text() {
      String version = Main.class.getPackage().getImplementationVersion();
      return version == null ? "development" : version;
    }
  }
}
