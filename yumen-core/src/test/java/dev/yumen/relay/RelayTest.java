package dev.yumen.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.exchange.Delivery.Ending;
import dev.yumen.exchange.Meter;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Usage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an answer reaches its caller, and how it ends when it cannot. */
class RelayTest {
  private static final String START =
      "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"model\":\"m-1\","
          + "\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}\n\n";
  private static final String TEXT =
      "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
          + "\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}\n\n";
  private static final String LAST =
      "event: message_delta\ndata: {\"type\":\"message_delta\",\"usage\":{\"output_tokens\":5}}\n\n";
  private static final String STOP = "event: message_stop\ndata: {\"type\":\"message_stop\" }\n\n";
  private static final String ERROR =
      "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}\n\n";
  private static final String PING = "event: ping\ndata: {\"type\": \"ping\"}\n\n";

  private static String farewell(String type, String detail, String code) {
    return "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\""
        + type
        + "\",\"message\":\""
        + detail
        + "\",\"details\":{\"error_code\":\""
        + code
        + "\"}},\"request_id\":\"req_test\"}\n\n";
  }

  @Test
  void a_stream_passes_byte_for_byte_and_is_counted() {
    var scene =
        Scene.ofEvents()
            .play(it -> {
              it.provider(START + TEXT);
              it.provider(LAST + STOP);
              it.providerEnds();
            });

    assertThat(scene.text()).isEqualTo(START + TEXT + LAST + STOP);
    assertThat(scene.endedCleanly()).isTrue();
    assertThat(scene.delivery().ending()).isEqualTo(Ending.COMPLETE);
    assertThat(scene.delivery().events()).isEqualTo(4);
    assertThat(scene.delivery().bytes()).isEqualTo(scene.received().length);
    assertThat(scene.delivery().usage()).isEqualTo(new Usage(9, 5, 0, 0));
    assertThat(scene.delivery().model()).isEqualTo("m-1");
    assertThat(scene.delivery().providerRequestId()).isEqualTo("req_provider");
  }

  @Test
  void the_head_goes_out_with_the_first_event_and_not_before() {
    Scene.ofEvents()
        .play(it -> {
          it.provider(START.substring(0, 30));
          assertThat(it.opened()).isFalse();
          it.provider(START.substring(30));
          assertThat(it.opened()).isTrue();
          assertThat(it.status()).isEqualTo(200);
          assertThat(it.headers().first("content-type")).startsWith("text/event-stream");
          assertThat(it.headers().first("x-accel-buffering")).isEqualTo("no");
          it.provider(STOP);
          it.providerEnds();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "event: message_start\nda"})
  void a_provider_that_fails_before_its_first_event_is_answered_for_with_a_proper_error(
      String begun) {
    var ended =
        Scene.ofEvents()
            .play(it -> {
              it.provider(begun);
              it.providerEnds();
            });
    var broken =
        Scene.ofEvents()
            .play(it -> {
              it.provider(begun);
              it.providerBreaks();
            });
    var silent =
        Scene.ofEvents()
            .play(it -> {
              it.provider(begun);
              it.passes(Scene.IDLE);
            });

    assertThat(ended.refused().refusal().reason()).isEqualTo(Reason.PROVIDER_BROKEN);
    assertThat(broken.refused().refusal().reason()).isEqualTo(Reason.PROVIDER_BROKEN);
    assertThat(silent.refused().refusal().reason()).isEqualTo(Reason.PROVIDER_TIMEOUT);
    assertThat(ended.opened() || broken.opened() || silent.opened()).isFalse();
    assertThat(silent.providerClosed()).isTrue();
  }

  @Test
  void a_stream_that_breaks_off_ends_in_one_whole_error_event() {
    var scene =
        Scene.ofEvents()
            .play(it -> {
              it.provider(START + TEXT + LAST.substring(0, 40));
              it.providerBreaks();
            });

    assertThat(scene.text())
        .isEqualTo(
            START
                + TEXT
                + farewell(
                    "api_error",
                    "The connection to the provider broke: ConnectionReset. Try again.",
                    "provider_broken"));
    assertThat(scene.endedCleanly()).isTrue();
    assertThat(scene.delivery().ending()).isEqualTo(Ending.PROVIDER);
    assertThat(scene.delivery().events()).isEqualTo(2);
  }

  @Test
  void a_stream_without_its_last_word_is_no_whole_answer_however_cleanly_it_ends() {
    var scene =
        Scene.ofEvents()
            .play(it -> {
              it.provider(START + TEXT + LAST);
              it.providerEnds();
            });

    assertThat(scene.text())
        .isEqualTo(
            START
                + TEXT
                + LAST
                + farewell(
                    "api_error",
                    "The provider ended its answer too early. Try again.",
                    "provider_broken"));
    assertThat(scene.delivery().ending()).isEqualTo(Ending.PROVIDER);
  }

  @Test
  void a_last_event_without_its_empty_line_passes_as_it_came() {
    var scene =
        Scene.ofEvents()
            .play(it -> {
              it.provider(START + STOP.stripTrailing());
              it.providerEnds();
            });

    assertThat(scene.text()).isEqualTo(START + STOP.stripTrailing());
    assertThat(scene.endedCleanly()).isTrue();
    assertThat(scene.delivery().ending()).isEqualTo(Ending.COMPLETE);
    assertThat(scene.delivery().events()).isEqualTo(2);
  }

  @Test
  void an_error_event_of_the_provider_passes_and_nothing_is_added() {
    var scene =
        Scene.ofEvents()
            .play(it -> {
              it.provider(START + ERROR);
              it.providerBreaks();
            });

    assertThat(scene.text()).isEqualTo(START + ERROR);
    assertThat(scene.endedCleanly()).isTrue();
    assertThat(scene.delivery().ending()).isEqualTo(Ending.PROVIDER);
  }

  @Test
  void an_error_that_is_not_named_as_one_is_followed_by_one_that_sdks_see() {
    String unnamed = "data: {\"type\":\"error\",\"error\":{\"type\":\"api_error\"}}\n\n";
    var scene =
        Scene.ofEvents()
            .play(it -> {
              it.provider(START + unnamed);
              it.providerEnds();
            });

    assertThat(scene.text()).startsWith(START + unnamed + "event: error\ndata: {");
    assertThat(scene.delivery().ending()).isEqualTo(Ending.PROVIDER);
  }

  @Test
  void what_a_provider_says_after_its_last_word_passes_as_it_came() {
    String more = "data: [DONE]\n\n";
    var scene =
        Scene.ofEvents()
            .play(it -> {
              it.provider(START + STOP);
              it.provider(more);
              it.providerEnds();
            });

    assertThat(scene.text()).isEqualTo(START + STOP + more);
    assertThat(scene.delivery().ending()).isEqualTo(Ending.COMPLETE);
  }

  @Test
  void after_the_last_word_nothing_of_the_gateway_follows_whatever_happens() {
    var broken =
        Scene.ofEvents()
            .play(it -> {
              it.provider(START + STOP + "data: [DO");
              it.providerBreaks();
            });
    var shutDown =
        Scene.ofEvents()
            .play(it -> {
              it.provider(START + STOP);
              it.shutsDown();
            });
    var silent =
        Scene.ofEvents()
            .play(it -> {
              it.provider(START + STOP);
              it.passesAtOnce(Scene.IDLE);
            });

    for (var scene : new Scene[] {broken, shutDown, silent}) {
      assertThat(scene.text()).isEqualTo(START + STOP);
      assertThat(scene.endedCleanly()).isTrue();
      assertThat(scene.delivery().ending()).isEqualTo(Ending.COMPLETE);
    }
  }

  @Test
  void a_provider_that_has_said_all_and_does_not_hang_up_is_not_waited_for() {
    var scene =
        Scene.ofEvents()
            .play(it -> {
              it.provider(START + STOP);
              it.passes(Scene.PING.minusSeconds(1));
              assertThat(it.over()).isFalse();
              it.passes(Duration.ofSeconds(1));
            });

    assertThat(scene.text()).isEqualTo(START + STOP);
    assertThat(scene.endedCleanly()).isTrue();
    assertThat(scene.providerClosed()).isTrue();
    assertThat(scene.delivery().ending()).isEqualTo(Ending.COMPLETE);
  }

  @Test
  void a_silent_provider_is_filled_in_for_with_pings_between_events_only() {
    var scene =
        Scene.ofEvents()
            .play(it -> {
              it.provider(START + TEXT.substring(0, 20));
              it.passes(Scene.PING.multipliedBy(2));
              it.provider(TEXT.substring(20));
              it.passes(Scene.PING.minusSeconds(1));
              it.provider(STOP);
              it.providerEnds();
            });

    assertThat(scene.text()).isEqualTo(START + PING + PING + TEXT + STOP);
    assertThat(scene.delivery().events()).as("its own pings do not count").isEqualTo(3);
    assertThat(scene.delivery().bytes()).isEqualTo(scene.received().length);
  }

  @Test
  void no_ping_goes_out_before_the_first_event_for_an_error_could_still_be_answered() {
    var scene =
        Scene.ofEvents()
            .play(it -> {
              it.passes(Scene.IDLE.minusSeconds(1));
              assertThat(it.opened()).isFalse();
              it.provider(START + STOP);
              it.providerEnds();
            });

    assertThat(scene.text()).isEqualTo(START + STOP);
  }

  @Test
  void a_provider_silent_for_too_long_is_given_up() {
    var scene =
        Scene.ofEvents()
            .play(it -> {
              it.provider(START);
              it.passes(Scene.IDLE.minusSeconds(1));
              assertThat(it.providerClosed()).isFalse();
              it.passes(Duration.ofSeconds(1));
            });

    assertThat(scene.text().replace(PING, ""))
        .isEqualTo(
            START
                + farewell(
                    "timeout_error",
                    "The provider has been silent for too long. Try again.",
                    "provider_timeout"));
    assertThat(scene.providerClosed()).isTrue();
    assertThat(scene.delivery().ending()).isEqualTo(Ending.PROVIDER);
  }

  @Test
  void a_full_caller_pauses_the_provider_until_it_drains() {
    var scene =
        Scene.ofEvents()
            .play(it -> {
              it.callerIsFull();
              it.provider(START);
              assertThat(it.providerPaused()).isTrue();
              it.provider(TEXT); // was on its way already
              it.callerDrains();
              assertThat(it.providerPaused()).isFalse();
              it.provider(STOP);
              it.providerEnds();
            });

    assertThat(scene.text()).isEqualTo(START + TEXT + STOP);
    assertThat(scene.resumed()).isOne();
  }

  @Test
  void a_caller_that_takes_nothing_for_too_long_is_cut_off_and_frees_the_provider() {
    var scene =
        Scene.ofEvents()
            .play(it -> {
              it.callerIsFull();
              it.provider(START);
              it.passes(Scene.STUCK.minusSeconds(1));
              assertThat(it.over()).isFalse();
              it.passes(Duration.ofSeconds(1));
              it.callerDrains(); // too late, and nobody resumes what is closed
            });

    assertThat(scene.text()).isEqualTo(START);
    assertThat(scene.reset()).isTrue();
    assertThat(scene.providerClosed()).isTrue();
    assertThat(scene.delivery().ending()).isEqualTo(Ending.CALLER);
  }

  @Test
  void a_paused_provider_is_not_taken_for_silent() {
    var scene =
        Scene.ofEvents()
            .play(it -> {
              it.provider(START);
              it.passes(Scene.IDLE.minusSeconds(2));
              it.callerIsFull();
              it.provider(TEXT);
              it.passes(Scene.STUCK.minusSeconds(1));
              it.callerDrains();
              it.passes(Scene.IDLE.minusSeconds(1));
              it.provider(STOP);
              it.providerEnds();
            });

    assertThat(scene.delivery().ending()).isEqualTo(Ending.COMPLETE);
  }

  @Test
  void a_caller_who_leaves_frees_the_provider_at_once() {
    var scene =
        Scene.ofEvents()
            .play(it -> {
              it.provider(START + TEXT);
              it.callerLeaves();
              assertThat(it.providerClosed()).isTrue();
              it.provider(LAST + STOP); // was on its way already
              it.providerEnds();
            });

    assertThat(scene.text()).isEqualTo(START + TEXT);
    assertThat(scene.delivery().ending()).isEqualTo(Ending.CALLER);
    assertThat(scene.delivery().events()).isEqualTo(2);
    assertThat(scene.delivery().usage()).isEqualTo(new Usage(9, 1, 0, 0));
  }

  @Test
  void a_caller_who_leaves_before_the_first_event_abandons_the_exchange() {
    var scene = Scene.ofEvents().play(Scene::callerLeaves);

    assertThat(scene.abandoned()).isTrue();
    assertThat(scene.providerClosed()).isTrue();
  }

  @Test
  void a_caller_who_leaves_right_after_the_last_word_was_served_wholly() {
    var scene =
        Scene.ofEvents()
            .play(it -> {
              it.provider(START + STOP);
              it.callerLeaves();
            });

    assertThat(scene.delivery().ending()).isEqualTo(Ending.COMPLETE);
  }

  @Test
  void a_caller_who_leaves_in_the_middle_of_the_farewell_is_not_written_to_again() {
    var scene =
        Scene.ofEvents()
            .onWrite(it -> {
              if (it.text().contains("event: error")) {
                it.callerLeaves();
              }
            })
            .play(it -> {
              it.provider(START);
              it.providerBreaks();
            });

    assertThat(scene.delivery().ending()).isEqualTo(Ending.CALLER);
  }

  @Test
  void a_shutdown_ends_a_stream_with_an_error_event() {
    var scene =
        Scene.ofEvents()
            .play(it -> {
              it.provider(START + TEXT.substring(0, 25));
              it.shutsDown();
            });

    assertThat(scene.text())
        .isEqualTo(
            START + farewell("api_error", "The gateway shuts down. Try again.", "shutting_down"));
    assertThat(scene.delivery().ending()).isEqualTo(Ending.GATEWAY);
    assertThat(scene.providerClosed()).isTrue();
  }

  @Test
  void a_shutdown_that_interrupts_the_thread_too_early_to_be_seen_ends_the_stream_all_the_same() {
    var thread = Thread.currentThread();
    var scene =
        Scene.ofEvents()
            .play(it -> {
              it.provider(START);
              thread.interrupt();
              var late =
                  Thread.ofVirtual()
                      .unstarted(() -> {
                        while (!it.over()) {
                          it.passesAtOnce(Duration.ofSeconds(1));
                          Thread.onSpinWait();
                        }
                      });
              late.start();
            });

    assertThat(Thread.interrupted()).as("the interruption is passed on").isTrue();
    assertThat(scene.text().replace(PING, "")).contains("shutting_down");
    assertThat(scene.delivery().ending()).isEqualTo(Ending.GATEWAY);
  }

  @Test
  void an_event_too_long_to_hold_ends_the_stream() {
    var scene =
        Scene.ofEvents()
            .play(it -> {
              it.provider(START + "data: ");
              it.provider("x".repeat(Scene.LONGEST));
              it.provider("x");
            });

    assertThat(scene.text()).startsWith(START + "event: error\n").contains("too long");
    assertThat(scene.providerClosed()).isTrue();
    assertThat(scene.delivery().ending()).isEqualTo(Ending.PROVIDER);
  }

  @Test
  void a_fault_of_the_gateway_before_the_first_byte_goes_to_the_spine() {
    var scene = Scene.ofEvents().metered(new FaultyMeter(0)).play(it -> it.provider(START));

    assertThat(scene.fault()).hasMessage("planned");
    assertThat(scene.providerClosed()).isTrue();
    assertThat(scene.opened()).isFalse();
  }

  @Test
  void a_fault_of_the_gateway_in_a_stream_ends_it_with_an_error_event() {
    var scene =
        Scene.ofEvents()
            .metered(new FaultyMeter(1))
            .play(it -> {
              it.provider(START);
              it.provider(TEXT);
            });

    assertThat(scene.text())
        .isEqualTo(
            START
                + farewell(
                    "api_error", "The gateway failed. Its log has the request id.", "internal"));
    assertThat(scene.delivery().ending()).isEqualTo(Ending.GATEWAY);
    assertThat(scene.providerClosed()).isTrue();
  }

  /** Fails at the event after so many. */
  private static final class FaultyMeter implements Meter {
    private int left;

    FaultyMeter(int left) {
      this.left = left;
    }

    @Override
    public void event(byte[] bytes, int from, int to) {
      if (left-- == 0) {
        throw new IllegalStateException("planned");
      }
    }

    @Override
    public void body(byte[] bytes) {}

    @Override
    public boolean finished() {
      return false;
    }

    @Override
    public boolean failed() {
      return false;
    }

    @Override
    public Usage usage() {
      return Usage.NONE;
    }

    @Override
    public @Nullable String model() {
      return null;
    }
  }
}
