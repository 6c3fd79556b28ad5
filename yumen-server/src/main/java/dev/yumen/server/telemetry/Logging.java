package dev.yumen.server.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's own messages, on standard error. There is no file to configure them with: what the
 * settings say is all there is, so nobody can log around the redaction by accident.
 */
public final class Logging {
  private static final String OWN = "dev.yumen";

  private Logging() {}

  /**
   * Puts the settings in force, for everything logged from now on.
   *
   * @param level of the gateway's own messages. Libraries never say more than {@code INFO}: below
   *     it some write what passes over the wire
   */
  public static void configure(org.slf4j.event.Level level, LogFormat format) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      configure(context, standardError(), level, format);
    }
  }

  /** Has exceptions that end a thread logged, and so redacted, instead of printed. */
  public static void adoptUncaught() {
    Logger uncaught = LoggerFactory.getLogger(Logging.class);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> uncaught.error("thread {} ended by an exception", thread.getName(), e));
  }

  /**
   * Brings in {@code java.util.logging}, which the OpenTelemetry SDK and the JDK use. Costs nothing
   * until one of them speaks.
   */
  static void adoptJavaUtilLogging() {
    System.setProperty("java.util.logging.config.class", JavaUtilLogging.class.getName());
  }

  static void configure(
      LoggerContext context, OutputStream out, org.slf4j.event.Level level, LogFormat format) {
    context.reset();
    var encoder = new LogEncoder(format);
    encoder.setContext(context);
    encoder.start();
    var appender = new OutputStreamAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setName("standard error");
    appender.setEncoder(encoder);
    appender.setOutputStream(out);
    appender.start();
    Level own = Level.convertAnSLF4JLevel(level);
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    root.setLevel(own.isGreaterOrEqual(Level.INFO) ? own : Level.INFO);
    context.getLogger(OWN).setLevel(own);
    // Export says it once; the SDK would say it every minute.
    context.getLogger("io.opentelemetry.exporter").setLevel(Level.OFF);
  }

  /** Never closed by an appender, and without the lock and the swallowed errors of System.err. */
  static OutputStream standardError() {
    return new FileOutputStream(FileDescriptor.err) {
      @Override
      public void close() {}
    };
  }
}
