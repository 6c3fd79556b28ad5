package dev.yumen.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;

/** What stands between callers and provider. */
interface Relay {
  /** Its name in the tables. */
  String name();

  /**
   * Starts it, pinned to its cores, and returns when it listens.
   *
   * @param providerPort of the provider on the loopback interface
   * @param directory for its files; emptied of nothing
   */
  Running start(int providerPort, Path directory) throws IOException, InterruptedException;

  /**
   * One that runs.
   *
   * @param process what was started
   * @param pid the process that does the work
   * @param port where it listens on the loopback interface
   * @param key the credential it knows
   */
  record Running(Process process, long pid, int port, String key) implements AutoCloseable {
    @Override
    public void close() {
      process.destroy();
      process.onExit().join();
    }
  }
}
