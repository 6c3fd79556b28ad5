package dev.yumen.server.command;

import dev.yumen.authentication.Key;
import dev.yumen.server.settings.Addresses;
import dev.yumen.server.settings.Settings;
import dev.yumen.server.settings.Settings.ProviderSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What is allowed in settings and still most likely a mistake. One sentence each. */
final class Warnings {
  private Warnings() {}

  /** Looks at the settings alone. */
  static List<String> of(Settings settings) {
    var warnings = new ArrayList<String>();
    doors(settings, warnings);
    settings.providers().forEach(provider -> provider(provider, warnings));
    long simulated = settings.providers().stream().filter(one -> one.simulation() != null).count();
    if (simulated == settings.providers().size()) {
      warnings.add("Every answer is simulated: no real provider is configured.");
    } else if (simulated > 0) {
      warnings.add(
          "A simulated provider stands beside real ones: callers may take its answers for real.");
    }
    for (var provider : new EffectivePolicy(settings.providers()).neverAsked()) {
      warnings.add(
          "Provider "
              + provider.name()
              + " is never asked for a model, because earlier providers serve all of "
              + String.join(", ", provider.models())
              + ".");
    }
    return warnings;
  }

  /** Looks at the settings together with the keys of their key file. */
  static List<String> of(Settings settings, List<Key> keys, Instant now) {
    var warnings = new ArrayList<String>();
    var active = keys.stream().filter(key -> isActive(key, now)).toList();
    if (active.isEmpty() && settings.authentication().tokens().isEmpty()) {
      warnings.add(
          "No caller can authenticate: there is no active key; `yumen keys create` makes one.");
    }
    var policy = new EffectivePolicy(settings.providers());
    for (var key : active) {
      if (key.models().stream()
          .flatMap(pattern -> policy.shares(pattern).stream())
          .allMatch(share -> share.provider() == null)) {
        warnings.add(
            "Key "
                + key.id()
                + " ("
                + key.name()
                + ") may ask only models that no provider serves.");
      }
    }
    return warnings;
  }

  /** Tells whether the key is taken at this time. */
  static boolean isActive(Key key, Instant now) {
    return key.revoked() == null && !key.expired(now);
  }

  private static void doors(Settings settings, List<String> warnings) {
    var listen = settings.listen();
    if (!Addresses.isLoopback(listen.address())
        && listen.tls() == null
        && listen.trustedProxies().isEmpty()) {
      warnings.add(
          "Keys and prompts cross the network unencrypted: listen.address is "
              + listen.address()
              + " without tls; set listen.tls, or name the TLS proxy before it in"
              + " listen.trusted-proxies.");
    }
    for (var network : listen.trustedProxies()) {
      if (network.endsWith("/0")) {
        warnings.add(
            "listen.trusted-proxies holds "
                + network
                + ": every caller can claim any address as its own.");
      }
    }
    if (!Addresses.isLoopback(settings.admin().address())) {
      warnings.add(
          "Metrics are shown to everyone who reaches admin.address "
              + settings.admin().address()
              + ", without a credential.");
    }
  }

  private static void provider(ProviderSettings provider, List<String> warnings) {
    var url = provider.baseUrl();
    if (url == null) {
      return;
    }
    if (provider.credential() == null) {
      warnings.add("Provider " + provider.name() + " is asked without a credential.");
    }
    if (!Addresses.isHttps(url) && !Addresses.isLoopback(Objects.requireNonNull(url.getHost()))) {
      warnings.add(
          "Provider "
              + provider.name()
              + " is asked over plain HTTP: prompts and its credential cross the network"
              + " unencrypted.");
    }
  }
}
