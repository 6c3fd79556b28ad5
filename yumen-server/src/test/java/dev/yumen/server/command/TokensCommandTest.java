package dev.yumen.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.yumen.authentication.Authenticator;
import dev.yumen.authentication.CredentialAuthenticator;
import dev.yumen.authentication.SharedSecret;
import dev.yumen.authentication.TokenIssuer;
import dev.yumen.authentication.Tokens;
import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Refused;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code yumen tokens} as a person uses it, up to the gateway that takes the token. */
class TokensCommandTest {
  private static final String SECRET = "a secret of at least thirty-two bytes";

  private Instant now = Instant.parse("2026-11-24T12:00:00.123Z");
  private final Map<String, String> environment = Map.of("TOKEN_SECRET", SECRET, "SHORT", "short");

  @Test
  void a_minted_token_opens_the_gateway() throws Refused {
    var run =
        mint(
            "--secret-env=TOKEN_SECRET",
            "--audience=yumen",
            "--subject=ci",
            "--tenant=acme",
            "--models=claude-*,test");

    assertThat(run.err).isEmpty();
    assertThat(run.code).isZero();
    assertThat(gateway().identify(bearer(run)))
        .isEqualTo(new Caller("https://me.example ci", "ci", "acme", List.of("claude-*", "test")));
  }

  @Test
  void it_is_taken_for_fifteen_minutes_unless_told() throws Refused {
    var run = mint("--secret-env=TOKEN_SECRET", "--audience=yumen");
    var gateway = gateway();
    now = Instant.parse("2026-11-24T12:14:59Z");
    assertThat(gateway.identify(bearer(run)).models()).containsExactly("default-*");

    now = Instant.parse("2026-11-24T12:15:00Z");

    assertThat(detail(gateway, run)).contains("expired at 2026-11-24T12:15:00Z");
  }

  @Test
  void one_that_lives_longer_than_the_gateway_allows_is_made_and_not_taken() {
    var run = mint("--secret-env=TOKEN_SECRET", "--audience=yumen", "--expires=31m");

    assertThat(detail(gateway(), run)).contains("lives too long");
  }

  @Test
  void a_secret_that_is_missing_or_too_short_fails_without_being_shown() {
    assertThat(mint("--secret-env=NOWHERE").err).contains("NOWHERE is not set");
    assertThat(mint("--secret-env=NOWHERE").code).isEqualTo(1);
    assertThat(mint("--secret-env=SHORT").err).contains("32 bytes").doesNotContain("short.");
    assertThat(mint("--secret-env=SHORT").code).isEqualTo(1);
    assertThat(mint().code).isEqualTo(2);
  }

  private String detail(Authenticator gateway, Run run) {
    return catchThrowableOfType(Refused.class, () -> gateway.identify(bearer(run)))
        .refusal()
        .detail();
  }

  private Authenticator gateway() {
    var issuer =
        new TokenIssuer(
            "https://me.example",
            "yumen",
            new SharedSecret(SECRET),
            Duration.ZERO,
            Duration.ofMinutes(30),
            "tenant",
            "models",
            List.of("default-*"));
    return new CredentialAuthenticator(
        null, new Tokens(List.of(issuer), new SecureRandom(), () -> now), () -> now);
  }

  private static Headers bearer(Run run) {
    return Headers.of("authorization", "Bearer " + run.out.strip());
  }

  private Run mint(String... options) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line =
        new CommandLine(new TokensCommand(() -> now, environment::get))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    var words = new String[options.length + 2];
    words[0] = "mint";
    words[1] = "--issuer=https://me.example";
    System.arraycopy(options, 0, words, 2, options.length);
    return new Run(line.execute(words), out.toString(), err.toString());
  }

  private record Run(int code, String out, String err) {}
}
