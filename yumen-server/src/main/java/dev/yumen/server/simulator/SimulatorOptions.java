package dev.yumen.server.simulator;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated provider listens and answers.
 *
 * @param port 0 takes a free one
 * @param script a script file; null answers by model name alone
 * @param record a file that gets a JSON line for each request; null records none
 * @param tokensPerSecond pace of streamed words; 0 sends at once
 * @param clock says when batches and files were made and when cached prompts grow old
 * @param nanos monotonic clock that paces the answers
 * @param random makes ids and the padding of events
 */
public record SimulatorOptions(
    int port,
    @Nullable Path script,
    @Nullable Path record,
    int tokensPerSecond,
    InstantSource clock,
    LongSupplier nanos,
    RandomGenerator random) {

  /** Checks the numbers. */
  public SimulatorOptions {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port must be 0 to 65535");
    }
    if (tokensPerSecond < 0) {
      throw new IllegalArgumentException("tokens per second must not be negative");
    }
  }
}
