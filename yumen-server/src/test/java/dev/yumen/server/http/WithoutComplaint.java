package dev.yumen.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Fails a test in which anything logged an error, such as an exception nobody caught, and a class
 * in which a buffer was never released.
 */
public final class WithoutComplaint
    implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> listener =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            complaints.add(event.getLoggerName() + ": " + event.getFormattedMessage());
          }
        }
      };

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    listener.start();
    root().addAppender(listener);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    var heard = List.copyOf(complaints);
    complaints.clear();
    assertThat(heard).isEmpty();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    // What leaked is reported when it was collected and the next buffer is made.
    for (int i = 0; i < 3; i++) {
      System.gc();
      for (int n = 0; n < 100; n++) {
        PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
        PooledByteBufAllocator.DEFAULT.heapBuffer(16).release();
      }
    }
    root().detachAppender(listener);
    assertThat(complaints).isEmpty();
  }
}
