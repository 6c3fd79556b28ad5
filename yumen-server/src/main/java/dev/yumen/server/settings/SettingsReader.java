package dev.yumen.server.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.yumen.server.settings.Settings.Admin;
import dev.yumen.server.settings.Settings.Authentication;
import dev.yumen.server.settings.Settings.Credential;
import dev.yumen.server.settings.Settings.KeySettings;
import dev.yumen.server.settings.Settings.Limits;
import dev.yumen.server.settings.Settings.Listen;
import dev.yumen.server.settings.Settings.LogLevel;
import dev.yumen.server.settings.Settings.ProviderSettings;
import dev.yumen.server.settings.Settings.Simulation;
import dev.yumen.server.settings.Settings.Telemetry;
import dev.yumen.server.settings.Settings.TimeoutSettings;
import dev.yumen.server.settings.Settings.Tls;
import dev.yumen.server.settings.Settings.TokenSettings;
import dev.yumen.server.settings.Settings.Traces;
import dev.yumen.server.settings.Settings.UnknownPaths;
import dev.yumen.server.telemetry.LogFormat;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Sections become records. What is left out takes the default of its record. */
final class SettingsReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern MODELS = Pattern.compile("[A-Za-z0-9._:/@+*-]{1,100}");
  private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
  private static final Pattern FIELD_VALUE = Pattern.compile("[!-~]([ -~]*[!-~])?");

  private static final Duration MILLISECOND = Duration.ofMillis(1);

  /** What is held is one array of bytes, of which there can be no more than 2 GiB. */
  private static final int LARGEST_HELD = 1 << 30;

  /** In bytes, RFC 7518 section 3.2. */
  private static final int SHORTEST_HS256 = 32;

  private SettingsReader() {}

  static Settings settings(Section s) {
    var names = new HashSet<String>();
    var settings =
        new Settings(
            s.read("listen", Listen.DEFAULT, v -> v.section(SettingsReader::listen)),
            s.read("admin", Admin.DEFAULT, v -> v.section(SettingsReader::admin)),
            s.required(
                "providers",
                List.of(),
                v -> v.list(one -> one.section(section -> provider(section, names)))),
            s.read("authentication", anyKey(s), v -> v.section(SettingsReader::authentication)),
            s.read("limits", Limits.DEFAULT, v -> v.section(SettingsReader::limits)),
            s.read("telemetry", Telemetry.DEFAULT, v -> v.section(SettingsReader::telemetry)));
    var listen = settings.listen();
    var admin = settings.admin();
    if (admin.port() != 0
        && admin.port() == listen.port()
        && admin.address().equals(listen.address())) {
      s.problem(
          s.has("admin") ? "admin" : "listen",
          "makes both doors listen on port " + admin.port() + "; each needs one of its own");
    }
    return settings;
  }

  /** The key file that is named in no file lies beside the settings as well. */
  private static Authentication anyKey(Section s) {
    return new Authentication(new KeySettings(s.beside(KeySettings.DEFAULT.file())), List.of());
  }

  private static Listen listen(Section s) {
    var d = Listen.DEFAULT;
    return new Listen(
        s.read("address", d.address(), v -> Addresses.host(v.text())),
        s.read("port", d.port(), Value::port),
        s.optional("tls", v -> v.section(SettingsReader::tls)),
        s.optional("public-url", v -> Addresses.base(v.text())),
        s.read(
            "trusted-proxies",
            d.trustedProxies(),
            v -> v.list(one -> Addresses.network(one.text()))),
        s.read("unknown-paths", d.unknownPaths(), v -> v.choice(UnknownPaths.class)));
  }

  private static Tls tls(Section s) {
    return new Tls(
        s.required("certificate", Path.of(""), Value::existing),
        s.required("key", Path.of(""), Value::existing));
  }

  private static Admin admin(Section s) {
    var d = Admin.DEFAULT;
    return new Admin(
        s.read("address", d.address(), v -> Addresses.host(v.text())),
        s.read("port", d.port(), Value::port));
  }

  private static ProviderSettings provider(Section s, Set<String> names) {
    if (s.has("base-url") == s.has("simulation")) {
      s.problem(
          s.has("simulation")
              ? s.name() + " has both base-url and simulation; keep one of them."
              : s.name() + " needs base-url, or simulation for the built-in simulated provider.");
    }
    if (s.has("credential") && s.has("simulation")) {
      s.problem("credential", "has no use, because a simulated provider takes none");
    }
    return new ProviderSettings(
        s.required("name", "", v -> unique(name(v.text()), names)),
        s.optional("base-url", v -> Addresses.provider(v.text())),
        s.optional("credential", v -> v.section(SettingsReader::credential)),
        s.read("models", ProviderSettings.ALL_MODELS, SettingsReader::models),
        s.read("timeouts", TimeoutSettings.DEFAULT, v -> v.section(SettingsReader::timeouts)),
        s.optional("simulation", v -> v.section(SettingsReader::simulation)));
  }

  private static Credential credential(Section s) {
    if (s.has("x-api-key") == s.has("bearer")) {
      s.problem(
          s.has("bearer")
              ? s.name() + " has both x-api-key and bearer; keep one of them."
              : s.name() + " needs x-api-key or bearer.");
    }
    return new Credential(
        s.optional("x-api-key", SettingsReader::fieldValue),
        s.optional("bearer", SettingsReader::fieldValue));
  }

  private static TimeoutSettings timeouts(Section s) {
    var d = TimeoutSettings.DEFAULT;
    return new TimeoutSettings(
        s.read("connect", d.connect(), SettingsReader::patience),
        s.read("head", d.head(), SettingsReader::patience),
        s.read("idle", d.idle(), SettingsReader::patience));
  }

  private static Simulation simulation(Section s) {
    var d = Simulation.DEFAULT;
    return new Simulation(
        s.optional("script", Value::existing),
        s.read("tokens-per-second", d.tokensPerSecond(), v -> v.number(0, 1_000_000)));
  }

  private static Authentication authentication(Section s) {
    if (!s.has("keys") && !s.has("tokens")) {
      s.problem("authentication needs keys, tokens or both.");
    }
    var issuers = new HashSet<String>();
    return new Authentication(
        s.optional("keys", v -> v.section(SettingsReader::keys)),
        s.read(
            "tokens",
            List.of(),
            v -> v.list(one -> one.section(section -> tokens(section, issuers)))));
  }

  private static KeySettings keys(Section s) {
    return new KeySettings(s.required("file", Path.of(""), Value::path));
  }

  private static TokenSettings tokens(Section s, Set<String> issuers) {
    if (s.has("secret") == s.has("jwks")) {
      s.problem(
          s.has("jwks")
              ? s.name() + " has both secret and jwks; keep one of them."
              : s.name() + " needs secret (HS256) or jwks (RS256, ES256, EdDSA).");
    }
    var d = TokenSettings.published("", URI.create(""));
    return new TokenSettings(
        s.required("issuer", "", v -> unique(v.text(), issuers)),
        s.optional("audience", Value::text),
        s.optional("secret", SettingsReader::signingSecret),
        s.optional("jwks", v -> Addresses.keySet(v.text())),
        s.read("clock-skew", d.clockSkew(), v -> v.duration(Duration.ZERO)),
        s.read("lifetime", d.lifetime(), SettingsReader::patience),
        s.read("tenant-claim", d.tenantClaim(), Value::text),
        s.read("models-claim", d.modelsClaim(), Value::text),
        s.read("models", d.models(), SettingsReader::models));
  }

  private static Limits limits(Section s) {
    var d = Limits.DEFAULT;
    var limits =
        new Limits(
            s.read("body", d.body(), SettingsReader::held),
            s.read("batch", d.batch(), SettingsReader::held),
            s.read("file", d.file(), v -> v.size(1, 1L << 40)),
            s.read("answer", d.answer(), SettingsReader::held),
            s.read("header", d.header(), v -> (int) v.size(1024, 1 << 20)),
            s.read("in-flight", d.inFlight(), v -> v.size(0, 1L << 40)),
            s.read("head-timeout", d.headTimeout(), SettingsReader::patience),
            s.read("body-timeout", d.bodyTimeout(), SettingsReader::patience),
            s.read("keep-alive", d.keepAlive(), SettingsReader::patience),
            s.read("ping", d.ping(), SettingsReader::patience),
            s.read("stuck-writer", d.stuckWriter(), SettingsReader::patience),
            s.read("drain", d.drain(), v -> v.duration(Duration.ZERO)));
    if (limits.inFlight() != 0 && limits.inFlight() < Math.max(limits.body(), limits.batch())) {
      s.problem(
          "in-flight",
          "is "
              + Units.text(limits.inFlight())
              + ", so that a request as long as body ("
              + Units.text(limits.body())
              + ") and batch ("
              + Units.text(limits.batch())
              + ") allow would never fit");
    }
    return limits;
  }

  private static Telemetry telemetry(Section s) {
    var d = Telemetry.DEFAULT;
    return new Telemetry(
        s.read("access-log", d.accessLog(), Value::flag),
        s.read("log-level", d.logLevel(), v -> v.choice(LogLevel.class)),
        s.read("log-format", d.logFormat(), v -> v.choice(LogFormat.class)),
        s.optional("traces", v -> v.section(SettingsReader::traces)));
  }

  private static Traces traces(Section s) {
    var d = Traces.to(URI.create(""));
    return new Traces(
        s.required("endpoint", d.endpoint(), v -> Addresses.url(v.text())),
        s.read("headers", d.headers(), v -> v.section(SettingsReader::fields)),
        s.read("ratio", d.ratio(), Value::fraction));
  }

  private static Map<String, Secret> fields(Section s) {
    return s.all(
        name -> FIELD_NAME.matcher(name).matches(),
        "the name of a header field",
        SettingsReader::fieldValue);
  }

  private static Duration patience(Value value) throws Wrong {
    return value.duration(MILLISECOND);
  }

  private static long held(Value value) throws Wrong {
    return value.size(1, LARGEST_HELD);
  }

  private static List<String> models(Value value) throws Wrong {
    return value.list(one -> {
      String pattern = one.text();
      if (!MODELS.matcher(pattern).matches()) {
        throw Wrong.found(
            Shown.text(pattern), "a model's name in which only * stands for any text");
      }
      return pattern;
    });
  }

  private static String name(String text) throws Wrong {
    if (!NAME.matcher(text).matches()) {
      throw Wrong.found(
          Shown.text(text),
          "1 to 64 letters, digits, dots, hyphens and underscores, a letter or digit first");
    }
    return text;
  }

  private static String unique(String text, Set<String> taken) throws Wrong {
    if (!taken.add(text)) {
      throw new Wrong("is " + Shown.text(text) + ", which an earlier one has already");
    }
    return text;
  }

  private static Secret fieldValue(Value value) throws Wrong {
    var secret = value.secret();
    if (!FIELD_VALUE.matcher(secret.value()).matches()) {
      throw new Wrong(
          "refers to a secret that cannot be sent in a header field, because it begins or ends with"
              + " a space, or holds a line break or a character that is not ASCII");
    }
    return secret;
  }

  private static Secret signingSecret(Value value) throws Wrong {
    var secret = value.secret();
    int length = secret.value().getBytes(UTF_8).length;
    if (length < SHORTEST_HS256) {
      throw new Wrong(
          "refers to a secret of "
              + length
              + " bytes, but HS256 needs at least "
              + SHORTEST_HS256
              + " (RFC 7518)");
    }
    return secret;
  }
}
