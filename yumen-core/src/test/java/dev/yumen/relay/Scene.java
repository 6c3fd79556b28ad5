package dev.yumen.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.dialect.Dialect;
import dev.yumen.exchange.Abandoned;
import dev.yumen.exchange.Answer;
import dev.yumen.exchange.Delivery;
import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Meter;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Provider;
import dev.yumen.exchange.Refused;
import dev.yumen.exchange.Reply;
import dev.yumen.exchange.Sink;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Both ends of one exchange, its event loop and its clock, in memory and on one thread: the script
 * of a test runs while the relay lets the answer flow. Whoever breaks the contract of {@link Reply}
 * or {@link Answer.Flowing} fails the test.
 */
final class Scene {
  static final Duration PING = Duration.ofSeconds(15);
  static final Duration STUCK = Duration.ofSeconds(60);
  static final Duration IDLE = Duration.ofMinutes(5);
  static final int LONGEST = 1 << 20;
  static final String ID = "req_test";
  static final Headers EVENT_STREAM =
      Headers.of("content-type", "text/event-stream; charset=utf-8", "request-id", "req_provider");

  private static final Dialect DIALECT = new Dialect(1 << 20, 1 << 20, 1 << 20, true);

  private final Endpoint endpoint;
  private final int status;
  private final Headers headers;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  private long now = 1_000;
  private @Nullable Sink sink;
  private @Nullable Runnable onGone;
  private Runnable onDrain = () -> {};
  private Consumer<Scene> onWrite = _ -> {};
  private @Nullable Meter meter;
  private boolean providerClosed;
  private boolean providerPaused;
  private int resumed;
  private boolean full;
  private boolean gone;
  private boolean opened;
  private boolean ended;
  private boolean reset;
  private int seenStatus;
  private Headers seenHeaders = Headers.NONE;

  private @Nullable Delivery delivery;
  private @Nullable Refused refused;
  private boolean abandoned;
  private @Nullable RuntimeException fault;

  private Scene(Endpoint endpoint, int status, Headers headers) {
    this.endpoint = endpoint;
    this.status = status;
    this.headers = headers;
  }

  /** A stream of events that is answered with 200. */
  static Scene ofEvents() {
    return of(Endpoint.MESSAGES, 200, EVENT_STREAM);
  }

  static Scene of(Endpoint endpoint, int status, Headers headers) {
    return new Scene(endpoint, status, headers);
  }

  /** Counts with the given meter instead of the dialect's. */
  Scene metered(Meter given) {
    meter = given;
    return this;
  }

  /** Does this after each write, as if the connection had called back in the middle of it. */
  Scene onWrite(Consumer<Scene> action) {
    onWrite = action;
    return this;
  }

  /** Sends an answer through the relay; the script says what happens while it flows. */
  Scene play(Consumer<Scene> script) {
    return send(new Source(script));
  }

  Scene send(Answer answer) {
    var prompt =
        new Prompt(
            endpoint,
            "POST",
            "/v1/messages",
            Headers.NONE,
            new Prompt.Content.None(),
            Set.of(),
            true);
    var timeouts = new Provider.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), IDLE);
    var provider =
        new Provider("one", URI.create("http://one.test"), Headers.NONE, List.of("*"), timeouts);
    var relay = new Relay(PING, STUCK, LONGEST, () -> now);
    try (answer) {
      delivery =
          relay.send(
              prompt,
              provider,
              relay.plain(answer),
              meter == null ? DIALECT.meter(prompt) : meter,
              ID,
              0,
              new Caller(),
              refusal -> DIALECT.farewell(refusal, ID));
    } catch (Refused e) {
      refused = e;
    } catch (Abandoned e) {
      abandoned = true;
    } catch (RuntimeException e) {
      fault = e;
    }
    return this;
  }

  // What a script can do.

  void provider(String text) {
    provider(text.getBytes(StandardCharsets.UTF_8));
  }

  void provider(byte[] bytes) {
    sink().bytes(bytes);
  }

  void providerEnds() {
    sink().end();
  }

  void providerBreaks() {
    sink().broken("ConnectionReset");
  }

  void callerLeaves() {
    gone = true;
    if (onGone != null) {
      onGone.run();
    }
  }

  void callerIsFull() {
    full = true;
  }

  void callerDrains() {
    full = false;
    onDrain.run();
  }

  void shutsDown() {
    sink().shutDown();
  }

  /** Lets time pass in steps of a second, each with a tick of the loop. */
  void passes(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      now += 1_000_000_000L;
      sink().tick();
    }
  }

  /** Lets time pass at once, with one tick. */
  void passesAtOnce(Duration time) {
    now += time.toNanos();
    sink().tick();
  }

  // What a test can see.

  Delivery delivery() {
    assertThat(delivery).as("delivery, while refused=%s fault=%s", refused, fault).isNotNull();
    return delivery;
  }

  Refused refused() {
    assertThat(refused).as("refusal, while delivery=%s", delivery).isNotNull();
    return refused;
  }

  boolean abandoned() {
    return abandoned;
  }

  @Nullable RuntimeException fault() {
    return fault;
  }

  String text() {
    return received.toString(StandardCharsets.UTF_8);
  }

  byte[] received() {
    return received.toByteArray();
  }

  int status() {
    return seenStatus;
  }

  Headers headers() {
    return seenHeaders;
  }

  boolean opened() {
    return opened;
  }

  boolean endedCleanly() {
    return ended && !reset;
  }

  boolean reset() {
    return reset;
  }

  boolean providerClosed() {
    return providerClosed;
  }

  boolean providerPaused() {
    return providerPaused;
  }

  boolean over() {
    return ended || reset || providerClosed;
  }

  private Sink sink() {
    assertThat(sink).as("the sink of a flowing answer").isNotNull();
    return sink;
  }

  /** The provider's side. */
  private final class Source implements Answer.Flowing {
    private final Consumer<Scene> script;

    Source(Consumer<Scene> script) {
      this.script = script;
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public Headers headers() {
      return headers;
    }

    @Override
    public void flow(Sink to) {
      assertThat(sink).as("flow is called once").isNull();
      assertThat(onGone).as("the caller is watched before the answer flows").isNotNull();
      sink = to;
      script.accept(Scene.this);
    }

    @Override
    public void pause() {
      assertThat(providerPaused).as("paused twice").isFalse();
      providerPaused = true;
    }

    @Override
    public void resume() {
      assertThat(providerPaused).as("resumed though not paused").isTrue();
      assertThat(providerClosed).as("resumed though closed").isFalse();
      providerPaused = false;
      resumed++;
    }

    @Override
    public void close() {
      providerClosed = true;
    }
  }

  int resumed() {
    return resumed;
  }

  /** The caller's side. */
  private final class Caller implements Reply, Reply.Outlet {
    @Override
    public void send(int answered, Headers fields, byte[] body) {
      assertThat(opened).as("answered twice").isFalse();
      opened = true;
      ended = true;
      seenStatus = answered;
      seenHeaders = fields;
      received.writeBytes(body);
    }

    @Override
    public Outlet open(int answered, Headers fields) {
      assertThat(opened).as("answered twice").isFalse();
      opened = true;
      seenStatus = answered;
      seenHeaders = fields;
      return this;
    }

    @Override
    public void onGone(Runnable action) {
      onGone = action;
      if (gone) {
        action.run();
      }
    }

    @Override
    public boolean gone() {
      return gone;
    }

    @Override
    public void write(byte[] bytes, int from, int to) {
      assertThat(ended || reset).as("written after the end").isFalse();
      assertThat(to).as("an empty write").isGreaterThan(from);
      received.write(bytes, from, to - from);
      onWrite.accept(Scene.this);
    }

    @Override
    public boolean full() {
      return full;
    }

    @Override
    public void onDrain(Runnable action) {
      onDrain = action;
    }

    @Override
    public void end() {
      assertThat(ended || reset).as("ended twice").isFalse();
      ended = true;
    }

    @Override
    public void reset() {
      assertThat(ended || reset).as("reset after the end").isFalse();
      reset = true;
    }
  }
}
