package dev.yumen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.audit.Audit;
import dev.yumen.audit.Entry;
import dev.yumen.audit.Journal;
import dev.yumen.authentication.Authenticator;
import dev.yumen.dialect.Dialect;
import dev.yumen.exchange.Abandoned;
import dev.yumen.exchange.Answer;
import dev.yumen.exchange.Arrival;
import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Provider;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import dev.yumen.exchange.Reply;
import dev.yumen.exchange.Sink;
import dev.yumen.relay.Relay;
import dev.yumen.routing.Router;
import dev.yumen.upstream.Upstream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The path of a request: the stages are the real ones, and each door they look through writes down
 * what happened there.
 */
class GatewayTest {
  private static final String QUESTION = "{\"model\":\"m-1\",\"messages\":[]}";
  private static final String STREAM = "data: {\"type\":\"message_stop\"}\n\n";

  private final List<String> path = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();

  private String method = "POST";
  private String target = "/v1/messages";
  private String body = QUESTION;
  private Headers headers = Headers.of("x-api-key", "secret", "anthropic-version", "2023-06-01");
  private Caller caller = new Caller("key", "alice", "team", List.of("*"));
  private List<Journal> journals = List.of(new Recorder());
  private Upstream upstream = (_, _) -> whole(200, "{\"type\":\"message\"}");
  private boolean gone;

  @Test
  void an_answered_request_passes_every_stage_in_the_promised_order() {
    serve();

    assertThat(path)
        .containsExactly(
            "begin",
            "identify",
            "read body",
            "ask one /v1/messages",
            "send 200",
            "record answered");
  }

  @Test
  void a_streamed_answer_frees_the_provider_before_it_is_recorded() {
    upstream = (_, _) -> new Flowing(STREAM);

    serve();

    assertThat(path)
        .containsExactly(
            "begin",
            "identify",
            "read body",
            "ask one /v1/messages",
            "flow",
            "open 200",
            "write " + STREAM,
            "end",
            "hang up",
            "record answered");
  }

  @Test
  void the_body_of_an_unknown_caller_is_never_read() {
    headers = Headers.NONE;

    serve();

    assertThat(path)
        .containsExactly("begin", "identify", "send 401", "record refused CREDENTIAL_MISSING");
    assertThat(entries.getFirst().caller()).isNull();
  }

  @Test
  void a_malformed_body_is_refused_before_any_provider_is_asked() {
    body = "{";

    serve();

    assertThat(path)
        .containsExactly(
            "begin", "identify", "read body", "send 400", "record refused BODY_MALFORMED");
    assertThat(entries.getFirst().caller()).isEqualTo(caller);
    assertThat(entries.getFirst().prompt()).isNull();
  }

  @Test
  void an_unknown_path_is_refused_without_reading_its_body() {
    target = "/other";

    serve();

    assertThat(path)
        .containsExactly("begin", "identify", "send 404", "record refused PATH_UNKNOWN");
  }

  @Test
  void a_model_the_caller_may_not_ask_reaches_no_provider() {
    caller = new Caller("key", "alice", "team", List.of("other"));

    serve();

    assertThat(path)
        .containsExactly(
            "begin", "identify", "read body", "send 403", "record refused MODEL_NOT_ALLOWED");
    assertThat(entries.getFirst().prompt()).isNotNull();
    assertThat(entries.getFirst().route()).isNull();
  }

  @Test
  void a_provider_that_cannot_be_reached_is_answered_for() {
    upstream =
        (_, _) -> {
          throw new Refused(Reason.PROVIDER_UNREACHABLE, "no");
        };

    serve();

    assertThat(path)
        .containsExactly(
            "begin",
            "identify",
            "read body",
            "ask one /v1/messages",
            "send 502",
            "record refused PROVIDER_UNREACHABLE");
    assertThat(entries.getFirst().route()).isNotNull();
  }

  @Test
  void a_provider_that_fails_before_its_first_event_is_answered_for() {
    upstream = (_, _) -> new Flowing("");

    serve();

    assertThat(path)
        .containsExactly(
            "begin",
            "identify",
            "read body",
            "ask one /v1/messages",
            "flow",
            "hang up",
            "hang up",
            "hang up",
            "send 502",
            "record refused PROVIDER_BROKEN");
  }

  @Test
  void a_caller_who_hung_up_gets_no_answer_and_one_entry() {
    upstream =
        (_, _) -> {
          gone = true;
          throw new Abandoned();
        };

    serve();

    assertThat(path)
        .containsExactly(
            "begin", "identify", "read body", "ask one /v1/messages", "record abandoned");
  }

  @Test
  void an_exchange_abandoned_while_the_caller_waits_is_told_of_the_shutdown() {
    upstream =
        (_, _) -> {
          throw new Abandoned();
        };

    serve();

    assertThat(path).endsWith("send 503", "record refused SHUTTING_DOWN");
  }

  @Test
  void an_unexpected_fault_anywhere_is_answered_and_recorded_once() {
    upstream =
        (_, _) -> {
          throw new IllegalStateException("planned, secret");
        };

    serve();

    assertThat(path).endsWith("send 500", "record refused INTERNAL");
    assertThat(entries).hasSize(1);
  }

  @Test
  void an_error_of_the_machine_is_answered_and_recorded_once() {
    upstream =
        (_, _) -> {
          throw new StackOverflowError("planned");
        };

    serve();

    assertThat(path).endsWith("send 500", "record refused INTERNAL");
  }

  @Test
  void a_journal_that_fails_takes_the_entry_from_no_other_and_the_answer_from_nobody() {
    Journal faulty =
        new Journal() {
          @Override
          public void begun(Entry.Opening opening) {
            throw new IllegalStateException("planned");
          }

          @Override
          public void ended(Entry entry) {
            throw new IllegalStateException("planned");
          }
        };
    journals = List.of(faulty, new Recorder());

    serve();

    assertThat(path).startsWith("begin").endsWith("send 200", "record answered");
  }

  @Test
  void the_list_of_models_is_asked_of_every_provider() {
    method = "GET";
    target = "/v1/models";
    body = "";
    upstream =
        (route, _) -> whole(200, "{\"data\":[{\"id\":\"m-" + route.provider().name() + "\"}]}");

    serve("one", "two");

    assertThat(path)
        .containsExactly(
            "begin",
            "identify",
            "ask one /v1/models?limit=1000",
            "ask two /v1/models?limit=1000",
            "send 200",
            "record answered");
  }

  @Test
  void the_list_of_models_leaves_out_a_provider_that_fails_and_frees_one_that_streams() {
    method = "GET";
    target = "/v1/models";
    body = "";
    upstream =
        (route, _) ->
            switch (route.provider().name()) {
              case "one" -> throw new Refused(Reason.PROVIDER_TIMEOUT, "late");
              case "two" -> new Flowing("");
              default -> whole(200, "{\"data\":[]}");
            };

    serve("one", "two", "three");

    assertThat(path).contains("hang up").endsWith("send 200", "record answered");
  }

  @Test
  void the_list_of_models_is_refused_when_no_provider_can_be_reached() {
    method = "GET";
    target = "/v1/models";
    body = "";
    upstream =
        (_, _) -> {
          throw new Refused(Reason.PROVIDER_TIMEOUT, "late");
        };

    serve("one", "two");

    assertThat(path).endsWith("send 504", "record refused PROVIDER_TIMEOUT");
  }

  @Test
  void the_list_of_one_provider_passes_as_it_is_when_nothing_must_be_left_out() {
    method = "GET";
    target = "/v1/models?limit=3";
    body = "";

    serve();

    assertThat(path).contains("ask one /v1/models?limit=3");
  }

  private void serve(String... providers) {
    Authenticator authenticator =
        given -> {
          path.add("identify");
          if (!given.has("x-api-key")) {
            throw new Refused(Reason.CREDENTIAL_MISSING, "Send one.");
          }
          return caller;
        };
    Upstream watched =
        (route, prompt) -> {
          path.add("ask " + route.provider().name() + " " + prompt.target());
          return upstream.ask(route, prompt);
        };
    new Gateway(
            authenticator,
            new Dialect(1000, 1000, 1000, true),
            new Router(
                List.of(providers.length == 0 ? new String[] {"one"} : providers).stream()
                    .map(GatewayTest::provider)
                    .toList()),
            watched,
            new Relay(Duration.ofSeconds(15), Duration.ofSeconds(60), 1 << 20, () -> 0),
            new Audit(journals, () -> 0))
        .serve(new At(), new To());
    assertThat(entries).as("one entry for each exchange, always").hasSize(1);
  }

  private static Provider provider(String name) {
    return new Provider(
        name,
        URI.create("http://" + name + ".test"),
        Headers.NONE,
        List.of("*"),
        Provider.Timeouts.DEFAULT);
  }

  private static Answer.Whole whole(int status, String text) {
    return new Answer.Whole(
        status,
        Headers.of("content-type", "application/json"),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes down when an exchange begins and how it ends. */
  private final class Recorder implements Journal {
    @Override
    public void begun(Entry.Opening opening) {
      path.add("begin");
    }

    @Override
    public void ended(Entry entry) {
      entries.add(entry);
      path.add(
          switch (entry.outcome()) {
            case Entry.Outcome.Answered _ -> "record answered";
            case Entry.Outcome.Refused refused -> "record refused " + refused.refusal().reason();
            case Entry.Outcome.Abandoned _ -> "record abandoned";
          });
    }
  }

  /** A stream that flows at once and then ends. */
  private final class Flowing implements Answer.Flowing {
    private final String text;

    Flowing(String text) {
      this.text = text;
    }

    @Override
    public int status() {
      return 200;
    }

    @Override
    public Headers headers() {
      return Headers.of("content-type", "text/event-stream");
    }

    @Override
    public void flow(Sink sink) {
      path.add("flow");
      sink.bytes(text.getBytes(StandardCharsets.UTF_8));
      sink.end();
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void close() {
      path.add("hang up");
    }
  }

  private final class At implements Arrival {
    @Override
    public String id() {
      return "req_1";
    }

    @Override
    public Instant at() {
      return Instant.EPOCH;
    }

    @Override
    public String method() {
      return method;
    }

    @Override
    public String path() {
      return target.replaceAll("\\?.*", "");
    }

    @Override
    public String query() {
      return target.contains("?") ? target.replaceAll(".*\\?", "") : null;
    }

    @Override
    public Headers headers() {
      return headers;
    }

    @Override
    public String peer() {
      return "127.0.0.1";
    }

    @Override
    public String origin() {
      return "http://gateway.test";
    }

    @Override
    public Body body() {
      return new Body() {
        @Override
        public byte[] read(long limit) {
          path.add("read body");
          return body.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public long length() {
          return body.length();
        }

        @Override
        public void flow(long limit, Sink sink) {
          path.add("flow body");
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}
      };
    }
  }

  private final class To implements Reply, Reply.Outlet {
    @Override
    public void send(int status, Headers fields, byte[] bytes) {
      assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("secret");
      path.add("send " + status);
    }

    @Override
    public Outlet open(int status, Headers fields) {
      path.add("open " + status);
      return this;
    }

    @Override
    public void onGone(Runnable action) {}

    @Override
    public boolean gone() {
      return gone;
    }

    @Override
    public void write(byte[] bytes, int from, int to) {
      path.add("write " + new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    @Override
    public boolean full() {
      return false;
    }

    @Override
    public void onDrain(Runnable action) {}

    @Override
    public void end() {
      path.add("end");
    }

    @Override
    public void reset() {
      path.add("reset");
    }
  }
}
