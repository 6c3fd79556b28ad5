package dev.yumen.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Provider;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refusal;
import dev.yumen.exchange.Refused;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a prompt may go. */
class RouterTest {
  private static final Caller ANYONE = new Caller("k", "n", "t", List.of("*"));
  private final Router router =
      new Router(List.of(provider("one", "claude-*"), provider("two", "glm-*", "claude-x")));

  @Test
  void the_first_provider_that_serves_the_model_gets_it() throws Refused {
    assertThat(routed("claude-x")).isEqualTo("one");
    assertThat(routed("glm-5")).isEqualTo("two");
  }

  @Test
  void what_names_no_model_goes_to_the_first_provider() throws Refused {
    assertThat(router.route(ANYONE, prompt(Endpoint.FILES)).provider().name()).isEqualTo("one");
  }

  @Test
  void a_model_that_nobody_serves_is_told_so() {
    assertThat(refusal(ANYONE, prompt(Endpoint.MESSAGES, "gpt-1")))
        .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.MODEL_UNKNOWN))
        .satisfies(it -> assertThat(it.detail()).startsWith("model: gpt-1"));
  }

  @Test
  void a_caller_asks_only_models_it_may_ask() throws Refused {
    var limited = new Caller("k", "n", "t", List.of("claude-haiku-*"));

    assertThat(router.route(limited, prompt(Endpoint.MESSAGES, "claude-haiku-4")).provider().name())
        .isEqualTo("one");
    assertThat(refusal(limited, prompt(Endpoint.MESSAGES, "claude-opus")).reason())
        .isEqualTo(Reason.MODEL_NOT_ALLOWED);
    assertThat(refusal(limited, prompt(Endpoint.MESSAGES, "gpt-1")).reason())
        .as("what is not allowed is not told apart from what is not there")
        .isEqualTo(Reason.MODEL_NOT_ALLOWED);
  }

  @Test
  void every_model_named_must_be_allowed_whatever_its_place() {
    var limited = new Caller("k", "n", "t", List.of("claude-haiku"));

    assertThat(refusal(limited, prompt(Endpoint.MESSAGES, "claude-haiku", "claude-opus")).reason())
        .isEqualTo(Reason.MODEL_NOT_ALLOWED);
    assertThat(refusal(limited, prompt(Endpoint.MESSAGES, "glm-1", "claude-haiku")).reason())
        .isEqualTo(Reason.MODEL_NOT_ALLOWED);
  }

  @Test
  void models_of_different_providers_do_not_go_into_one_request() {
    assertThat(refusal(ANYONE, prompt(Endpoint.BATCH_CREATE, "claude-1", "glm-1")).reason())
        .isEqualTo(Reason.MODELS_MIXED);
  }

  @Test
  void a_limited_caller_may_not_use_paths_whose_model_cannot_be_told() {
    var limited = new Caller("k", "n", "t", List.of("claude-*"));

    assertThat(refusal(limited, prompt(Endpoint.OTHER)).reason())
        .isEqualTo(Reason.MODEL_NOT_ALLOWED);
  }

  @Test
  void a_very_long_model_name_is_not_repeated_in_full() {
    assertThat(refusal(ANYONE, prompt(Endpoint.MODEL, "x".repeat(10_000))).detail())
        .hasSizeLessThan(300);
  }

  @Test
  void a_router_needs_a_provider() {
    assertThatThrownBy(() -> new Router(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  private String routed(String model) throws Refused {
    return router.route(ANYONE, prompt(Endpoint.MESSAGES, model)).provider().name();
  }

  private Refusal refusal(Caller caller, Prompt prompt) {
    return catchThrowableOfType(Refused.class, () -> router.route(caller, prompt)).refusal();
  }

  private static Prompt prompt(Endpoint endpoint, String... models) {
    return new Prompt(
        endpoint,
        "POST",
        "/v1/x",
        Headers.NONE,
        new Prompt.Content.None(),
        new LinkedHashSet<>(List.of(models)),
        false);
  }

  private static Provider provider(String name, String... models) {
    return new Provider(
        name,
        URI.create("http://" + name + ".test"),
        Headers.NONE,
        List.of(models),
        Provider.Timeouts.DEFAULT);
  }
}
