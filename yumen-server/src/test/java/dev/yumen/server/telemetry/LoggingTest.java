package dev.yumen.server.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.yumen.server.redaction.Canary;
import java.io.ByteArrayOutputStream;
import java.util.logging.LogManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LoggingTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final LoggerContext context = new LoggerContext();

  LoggingTest() {
    context.setMDCAdapter(new LogbackMDCAdapter());
  }

  @Test
  void a_text_line_has_time_level_logger_and_message() {
    configure(Level.INFO, LogFormat.TEXT);

    context.getLogger("dev.yumen.x.Y").info("hello {}", "世界");

    assertThat(written())
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO dev.yumen.x.Y: hello 世界\n");
  }

  @Test
  void a_json_line_is_one_object() {
    configure(Level.INFO, LogFormat.JSON);

    context.getLogger("dev.yumen.x.Y").warn("two\nlines \"quoted\"", new Exception("why"));

    JsonNode line = new JsonMapper().readTree(written());
    assertThat(written()).containsOnlyOnce("\n");
    assertThat(line.get("level").stringValue()).isEqualTo("WARN");
    assertThat(line.get("logger").stringValue()).isEqualTo("dev.yumen.x.Y");
    assertThat(line.get("message").stringValue()).isEqualTo("two\nlines \"quoted\"");
    assertThat(line.get("exception").stringValue())
        .startsWith("java.lang.Exception: why")
        .contains("at dev.yumen.server.telemetry.LoggingTest.");
  }

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void secrets_are_taken_out_of_everything_an_event_holds(LogFormat format) {
    configure(Level.TRACE, format);

    for (Canary canary : Canary.values()) {
      String text = canary.text();
      var cause = new IllegalStateException("cause " + text);
      var failure = new RuntimeException("failed with " + text, cause);
      failure.addSuppressed(new Exception(text));
      context.getMDCAdapter().put("context", text);
      context
          .getLogger("io.netty.x")
          .atError()
          .setMessage("message " + text + " and {}")
          .addArgument(text)
          .addKeyValue("pair", text)
          .setCause(failure)
          .log();
      context.getMDCAdapter().clear();
    }

    for (Canary canary : Canary.values()) {
      assertThat(written()).doesNotContain(canary.secrets());
    }
    assertThat(written()).contains("[redacted:", "IllegalStateException", "context", "pair");
  }

  @Test
  void a_value_is_taken_out_because_of_the_name_it_is_logged_under() {
    configure(Level.INFO, LogFormat.TEXT);

    context.getLogger("dev.yumen").atInfo().addKeyValue("password", "hunter2").log("signed in");

    assertThat(written()).endsWith("signed in password=[redacted:secret]\n");
  }

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void nobody_forges_a_line(LogFormat format) {
    configure(Level.INFO, format);

    context
        .getLogger("dev.yumen")
        .info(
            "x\r\n2026-01-01T00:00:00.000Z ERROR dev.yumen: forged \u001b[2J\u202e",
            new Exception("a\nb"));

    assertThat(written().lines().skip(1)).allMatch(line -> line.startsWith("\t"));
    assertThat(written().chars()).allMatch(c -> c == '\n' || c == '\t' || (c >= ' ' && c < 0x7f));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.netty.handler.logging.LoggingHandler",
        "io.netty.handler.codec.http2.Http2FrameLogger",
        "io.vertx.core.http.impl.HttpServerImpl",
        "com.nimbusds.jose",
        "io.opentelemetry.sdk",
        "jdk.internal.httpclient.debug",
      })
  void libraries_never_say_more_than_info(String logger) {
    configure(Level.TRACE, LogFormat.TEXT);

    context.getLogger(logger).trace("bytes on the wire");
    context.getLogger(logger).debug("bytes on the wire");
    context.getLogger("dev.yumen.x").trace("own");

    assertThat(written()).contains("own").doesNotContain("bytes on the wire");
  }

  @Test
  void a_level_above_info_holds_for_libraries_too() {
    configure(Level.ERROR, LogFormat.TEXT);

    context.getLogger("io.netty.x").warn("library");
    context.getLogger("dev.yumen.x").warn("own");

    assertThat(written()).isEmpty();
  }

  @Test
  void a_message_of_megabytes_is_cut() {
    configure(Level.INFO, LogFormat.JSON);

    context
        .getLogger("dev.yumen")
        .info("é\u0001".repeat(1 << 20), new Exception("x".repeat(1 << 20)));

    assertThat(out.size()).isBetween(32 * 1024, 512 * 1024);
    assertThat(new JsonMapper().readTree(written()).get("message").stringValue())
        .hasSize(32 * 1024);
  }

  @Test
  void logback_begins_with_the_redaction_in_place_and_without_a_file() {
    var running = (LoggerContext) LoggerFactory.getILoggerFactory();

    var appender = running.getLogger("ROOT").iteratorForAppenders().next();

    assertThat(appender.getName()).isEqualTo("standard error");
    assertThat(running.getLogger("ROOT").getLevel()).isEqualTo(ch.qos.logback.classic.Level.INFO);
  }

  @Test
  void java_util_logging_goes_the_same_way() throws Exception {
    LogManager before = LogManager.getLogManager();
    try {
      new JavaUtilLogging();

      assertThat(java.util.logging.Logger.getLogger("").getHandlers())
          .singleElement()
          .isInstanceOf(org.slf4j.bridge.SLF4JBridgeHandler.class);
      assertThat(java.util.logging.Logger.getLogger("x").isLoggable(java.util.logging.Level.FINE))
          .isFalse();
    } finally {
      before.readConfiguration();
    }
  }

  private void configure(Level level, LogFormat format) {
    Logging.configure(context, out, level, format);
  }

  private String written() {
    return out.toString(UTF_8);
  }
}
