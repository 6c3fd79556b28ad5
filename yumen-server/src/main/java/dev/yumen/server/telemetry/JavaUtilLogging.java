package dev.yumen.server.telemetry;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.logging.LogManager;

/**
 * Configures {@code java.util.logging} when it is first used: everything from {@code INFO} on goes
 * to SLF4J. The JDK makes an instance by name, see {@link LogManager}.
 */
public final class JavaUtilLogging {
  private static final String CONFIGURATION =
      """
      handlers = org.slf4j.bridge.SLF4JBridgeHandler
      .level = INFO
      """;

  /** Configures the log manager. */
  public JavaUtilLogging() throws IOException {
    LogManager.getLogManager()
        .readConfiguration(new ByteArrayInputStream(CONFIGURATION.getBytes(US_ASCII)));
  }
}
