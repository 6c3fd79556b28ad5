package dev.yumen.server.command;

import dev.yumen.server.simulator.Simulator;
import dev.yumen.server.simulator.SimulatorOptions;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code yumen simulate}: the simulated provider alone, until it is interrupted. */
@Command(
    name = "simulate",
    description =
        "Run the simulated provider alone: an HTTP server that speaks the Messages API without a"
            + " key and without a network.",
    footer = {
      "",
      "Applications reach it with ANTHROPIC_BASE_URL set to the printed address and any key.",
      "Exit codes: 0 interrupted, 1 failed (one sentence says why), 2 wrong usage."
    },
    mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final RandomGenerator random;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Where to listen on 127.0.0.1. Default: a free port.")
  private int port;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "What to answer to which request. Default: answers by the model's name.")
  private @Nullable Path script;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "Append a JSON line for each request; credentials are masked.")
  private @Nullable Path record;

  @Option(
      names = "--tokens-per-second",
      paramLabel = "N",
      defaultValue = "50",
      description = "The pace of answers; 0 sends at once. Default: ${DEFAULT-VALUE}.")
  private int tokensPerSecond;

  /**
   * Creates the command.
   *
   * @param clock says when batches and files are made
   * @param nanos monotonic clock that paces the answers
   * @param random makes ids
   */
  public SimulateCommand(InstantSource clock, LongSupplier nanos, RandomGenerator random) {
    this.clock = clock;
    this.nanos = nanos;
    this.random = random;
  }

  @Override
  public Integer call() {
    SimulatorOptions options;
    try {
      options = new SimulatorOptions(port, script, record, tokensPerSecond, clock, nanos, random);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage() + ".", e);
    }
    Vertx vertx = Vertx.vertx();
    try {
      Simulator simulator =
          Simulator.open(vertx, options).toCompletionStage().toCompletableFuture().get();
      PrintWriter out = spec.commandLine().getOut();
      out.println("url: " + simulator.address());
      out.flush();
      new CountDownLatch(1).await();
      return CommandLine.ExitCode.OK;
    } catch (InterruptedException e) {
      return CommandLine.ExitCode.OK;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      spec.commandLine().getErr().println("yumen simulate: " + cause.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
