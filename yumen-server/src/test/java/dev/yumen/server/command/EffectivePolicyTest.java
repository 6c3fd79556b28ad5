package dev.yumen.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.exchange.Pattern;
import dev.yumen.server.command.EffectivePolicy.Share;
import dev.yumen.server.settings.Settings;
import dev.yumen.server.settings.Settings.ProviderSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectivePolicyTest {

  @Test
  void a_pattern_is_divided_in_the_order_of_the_providers() {
    var policy =
        new EffectivePolicy(
            List.of(
                provider("opus", "claude-opus-*"),
                provider("claude", "claude-*"),
                provider("never", "claude-haiku-*")));

    assertThat(policy.shares("claude-*"))
        .containsExactly(new Share("claude-opus-*", "opus"), new Share("claude-*", "claude"));
    assertThat(policy.shares("claude-opus-4")).containsExactly(new Share("claude-opus-4", "opus"));
    assertThat(policy.shares("*"))
        .containsExactly(
            new Share("claude-opus-*", "opus"),
            new Share("claude-*", "claude"),
            new Share("*", null));
    assertThat(policy.shares("*-4"))
        .containsExactly(
            new Share("*-4 and claude-opus-*", "opus"),
            new Share("*-4 and claude-*", "claude"),
            new Share("*-4", null));
    assertThat(policy.shares("gpt-*")).containsExactly(new Share("gpt-*", null));
    assertThat(policy.neverAsked()).extracting(ProviderSettings::name).containsExactly("never");
  }

  @ParameterizedTest
  @CsvSource({
    "a, a, true",
    "a, b, false",
    "*, '', true",
    "a*, *b, true",
    "a*b, a*c, false",
    "*a*, b*b, true",
    "ab*, a, false",
    "a*, a, true",
    "**, *, true",
    "'', '', true",
    "x*y*z, xz, false",
  })
  void patterns_overlap_when_some_text_fits_both(String one, String other, boolean overlap) {
    assertThat(EffectivePolicy.overlap(one, other)).isEqualTo(overlap);
    assertThat(EffectivePolicy.overlap(other, one)).isEqualTo(overlap);
  }

  /** The law: what the shares say of a model is what happens to it. */
  @Test
  void shares_say_of_every_model_what_the_first_provider_that_serves_it_says() {
    var random = new Random(7);
    for (int round = 0; round < 3000; round++) {
      var providers = new ArrayList<ProviderSettings>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        providers.add(provider("p" + i, text(random, "ab*"), text(random, "ab*")));
      }
      var policy = new EffectivePolicy(providers);
      var allowed = text(random, "ab**");
      var model = text(random, "ab");
      if (Pattern.matches(allowed, model)) {
        var serving = policy.serving(model);

        var share = policy.shares(allowed).stream().filter(one -> fits(one, model)).findFirst();

        assertThat(share)
            .as("%s asked for %s of %s", allowed, model, providers)
            .hasValueSatisfying(one ->
                assertThat(one.provider()).isEqualTo(serving == null ? null : serving.name()));
      }
      for (var never : policy.neverAsked()) {
        var serving = policy.serving(model);
        assertThat(serving == null ? null : serving.name()).isNotEqualTo(never.name());
      }
    }
  }

  private static boolean fits(Share share, String model) {
    return List.of(share.models().split(" and ")).stream()
        .allMatch(pattern -> Pattern.matches(pattern, model));
  }

  private static String text(Random random, String alphabet) {
    var text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static ProviderSettings provider(String name, String... models) {
    var defaults = Settings.defaults().providers().getFirst();
    return new ProviderSettings(
        name, null, null, List.of(models), defaults.timeouts(), defaults.simulation());
  }
}
