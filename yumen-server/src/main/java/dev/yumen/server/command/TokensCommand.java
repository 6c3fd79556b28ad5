package dev.yumen.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeyLengthException;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code yumen tokens}: makes a token as an application with a shared secret would, to try the
 * settings of an issuer.
 */
@Command(
    name = "tokens",
    description = "Make tokens to try the settings of an issuer with a shared secret.",
    footer = {"", "Exit codes: 0 done, 1 failed (one sentence says why), 2 wrong usage."},
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class TokensCommand implements Runnable {
  private final InstantSource clock;
  private final UnaryOperator<@Nullable String> environment;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /**
   * Creates the command.
   *
   * @param clock says when tokens are issued
   * @param environment returns the value of a variable, or null
   */
  public TokensCommand(InstantSource clock, UnaryOperator<@Nullable String> environment) {
    this.clock = clock;
    this.environment = environment;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: mint.");
  }

  @Command(
      name = "mint",
      description = "Sign a token with HS256 and print it, nothing else.",
      mixinStandardHelpOptions = true)
  int mint(
      @Option(
              names = "--issuer",
              required = true,
              paramLabel = "TEXT",
              description = "The iss, as in the settings.")
          String issuer,
      @Option(
              names = "--secret-env",
              required = true,
              paramLabel = "NAME",
              description = "The environment variable that holds the secret.")
          String variable,
      @Option(names = "--audience", paramLabel = "TEXT", description = "The aud. Default: none.")
          @Nullable String audience,
      @Option(
              names = "--subject",
              paramLabel = "TEXT",
              description = "The sub, who is asking. Default: none.")
          @Nullable String subject,
      @Option(
              names = "--tenant",
              paramLabel = "TEXT",
              description = "The claim tenant. Default: none.")
          @Nullable String tenant,
      @Option(
              names = "--models",
              split = ",",
              paramLabel = "PATTERN",
              description = "The claim models. Default: none.")
          @Nullable List<String> models,
      @Option(
              names = "--expires",
              defaultValue = "15m",
              paramLabel = "WHEN",
              converter = Expiry.Reader.class,
              description =
                  "15m, 12h; the gateway takes 30m unless its settings allow more. Default:"
                      + " ${DEFAULT-VALUE}.")
          Expiry expires) {
    var secret = environment.apply(variable);
    if (secret == null || secret.isEmpty()) {
      return failed("the environment variable " + variable + " is not set");
    }
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .audience(audience)
            .subject(subject)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(expires.from().apply(now)))
            .claim("tenant", tenant)
            .claim("models", models)
            .build();
    var header = new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();
    var token = new SignedJWT(header, claims);
    try {
      token.sign(new MACSigner(secret.getBytes(UTF_8)));
    } catch (KeyLengthException e) {
      return failed("a secret for HS256 must be at least 32 bytes long");
    } catch (JOSEException e) {
      return failed(Objects.requireNonNullElse(e.getMessage(), "the token cannot be signed"));
    }
    spec.commandLine().getOut().println(token.serialize());
    spec.commandLine().getOut().flush();
    return CommandLine.ExitCode.OK;
  }

  private int failed(String why) {
    spec.commandLine().getErr().println("yumen tokens: " + why + ".");
    return CommandLine.ExitCode.SOFTWARE;
  }
}
