package dev.yumen.server.command;

import dev.yumen.authentication.Key;
import dev.yumen.server.settings.Settings;
import dev.yumen.server.settings.Settings.Credential;
import dev.yumen.server.settings.Settings.ProviderSettings;
import dev.yumen.server.settings.Settings.TokenSettings;
import dev.yumen.server.settings.Settings.UnknownPaths;
import dev.yumen.server.settings.Units;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says in words what settings amount to.
 *
 * @param keys those of the key file; empty when there is none
 * @param now decides which keys are active
 */
record Explanation(Settings settings, List<Key> keys, Instant now) {

  /** Someone who may ask, as far as settings and keys know. */
  private record Caller(String who, String tenant, List<String> models) {}

  /** Explains everything. */
  void write(PrintWriter out) {
    doors(out);
    providers(out);
    callers(out);
    limits(out);
    telemetry(out);
  }

  /**
   * Explains who gets a model from whom.
   *
   * @return whether a provider serves it
   */
  boolean write(PrintWriter out, String model) {
    var provider = new EffectivePolicy(settings.providers()).serving(model);
    if (provider == null) {
      out.println(model + " is served by no provider; requests for it are refused with 404.");
      return false;
    }
    out.println(
        model
            + " goes to "
            + provider.name()
            + ", the first provider with a pattern that fits ("
            + String.join(", ", provider.models())
            + ").");
    out.println();
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("CALLER", "TENANT", "MAY ASK IT"));
    for (var caller : callers()) {
      rows.add(
          List.of(
              caller.who,
              caller.tenant,
              EffectivePolicy.allows(caller.models, model) ? "yes" : "no"));
    }
    table(out, rows, "Nobody can ask: there is no active key and no token issuer.");
    return true;
  }

  private void doors(PrintWriter out) {
    var listen = settings.listen();
    out.println("Doors");
    table(
        out,
        List.of(
            List.of("requests", url(listen.tls() != null, listen.address(), listen.port())),
            List.of(
                "health and metrics",
                url(false, settings.admin().address(), settings.admin().port()))),
        "");
    if (listen.publicUrl() != null) {
      out.println("  Links in answers begin with " + listen.publicUrl() + ".");
    }
    if (!listen.trustedProxies().isEmpty()) {
      out.println(
          "  X-Forwarded-For, -Proto and -Host count when they come from "
              + String.join(", ", listen.trustedProxies())
              + ".");
    }
    out.println();
  }

  private void providers(PrintWriter out) {
    out.println("Providers, in the order in which they are tried");
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("NAME", "MODELS", "ADDRESS", "CREDENTIAL"));
    for (var provider : settings.providers()) {
      rows.add(
          List.of(
              provider.name(),
              String.join(", ", provider.models()),
              address(provider),
              credential(provider.credential())));
    }
    table(out, rows, "");
    String first = settings.providers().getFirst().name();
    out.println(
        "  What names no model, such as files and lists of batches, goes to " + first + ".");
    out.println(
        settings.listen().unknownPaths() == UnknownPaths.PASS
            ? "  Unknown paths below /v1/ go there too, for callers who may ask every model."
            : "  Unknown paths below /v1/ are refused with 404.");
    out.println();
  }

  private void callers(PrintWriter out) {
    out.println(
        "Callers, the models they may ask, and who answers; the first line that fits counts");
    var policy = new EffectivePolicy(settings.providers());
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("CALLER", "TENANT", "MODELS", "ANSWERED BY"));
    for (var caller : callers()) {
      String who = caller.who;
      String tenant = caller.tenant;
      for (var pattern : caller.models) {
        for (var share : policy.shares(pattern)) {
          rows.add(
              List.of(
                  who,
                  tenant,
                  share.models(),
                  share.provider() == null ? "nobody (404)" : share.provider()));
          who = "";
          tenant = "";
        }
      }
    }
    table(out, rows, "Nobody: there is no active key and no token issuer.");
    long ended = keys.stream().filter(key -> !Warnings.isActive(key, now)).count();
    if (ended > 0) {
      out.println("  Expired or revoked keys that are not listed: " + ended + ".");
    }
    if (!settings.authentication().tokens().isEmpty()) {
      out.println("  The models of a token come from its claim; those listed count without one.");
    }
    out.println();
  }

  private void limits(PrintWriter out) {
    var limits = settings.limits();
    out.println("Limits");
    table(
        out,
        List.of(
            List.of("request", Units.text(limits.body())),
            List.of("batch", Units.text(limits.batch())),
            List.of("file", Units.text(limits.file())),
            List.of("answer held whole", Units.text(limits.answer())),
            List.of("request head", Units.text((long) limits.header())),
            List.of(
                "requests in flight",
                limits.inFlight() == 0 ? "a quarter of the heap" : Units.text(limits.inFlight())),
            List.of("time for a head", Units.text(limits.headTimeout())),
            List.of("silence within a body", Units.text(limits.bodyTimeout())),
            List.of("idle connection", Units.text(limits.keepAlive())),
            List.of("ping after", Units.text(limits.ping())),
            List.of("stuck caller", Units.text(limits.stuckWriter())),
            List.of("drain at shutdown", Units.text(limits.drain()))),
        "");
    out.println();
  }

  private void telemetry(PrintWriter out) {
    var telemetry = settings.telemetry();
    var traces = telemetry.traces();
    out.println("Telemetry");
    table(
        out,
        List.of(
            List.of("access log", telemetry.accessLog() ? "standard output" : "none"),
            List.of(
                "log",
                telemetry.logLevel().name().toLowerCase(Locale.ROOT)
                    + ", as "
                    + telemetry.logFormat().name().toLowerCase(Locale.ROOT)),
            List.of(
                "traces",
                traces == null
                    ? "none"
                    : traces.endpoint() + ", share of new ones " + traces.ratio())),
        "");
  }

  private List<Caller> callers() {
    var callers = new ArrayList<Caller>();
    for (var key : keys) {
      if (Warnings.isActive(key, now)) {
        callers.add(
            new Caller("key " + key.id() + " (" + key.name() + ")", key.tenant(), key.models()));
      }
    }
    for (TokenSettings issuer : settings.authentication().tokens()) {
      callers.add(
          new Caller(
              "tokens of " + issuer.issuer(), "claim " + issuer.tenantClaim(), issuer.models()));
    }
    return callers;
  }

  private static void table(PrintWriter out, List<List<String>> rows, String whenOnlyTitles) {
    if (rows.size() == 1) {
      out.println("  " + whenOnlyTitles);
      return;
    }
    Table.text(rows).lines().forEach(line -> out.println("  " + line));
  }

  private static String url(boolean tls, String address, int port) {
    return (tls ? "https://" : "http://")
        + (address.contains(":") ? "[" + address + "]" : address)
        + (port == 0 ? ", on a free port" : ":" + port);
  }

  private static String address(ProviderSettings provider) {
    var simulation = provider.simulation();
    if (simulation == null) {
      return String.valueOf(provider.baseUrl());
    }
    String pace =
        simulation.tokensPerSecond() == 0
            ? "without delay"
            : simulation.tokensPerSecond() + " tokens per second";
    return "simulated, " + pace + (simulation.script() == null ? "" : ", " + simulation.script());
  }

  private static String credential(@Nullable Credential credential) {
    if (credential == null) {
      return "none";
    }
    return credential.xApiKey() != null ? "x-api-key" : "bearer";
  }
}
