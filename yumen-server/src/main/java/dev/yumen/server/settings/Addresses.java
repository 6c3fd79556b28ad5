package dev.yumen.server.settings;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hosts, networks and URLs as settings name them. */
public final class Addresses {
  private static final Pattern LABEL =
      Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");

  private Addresses() {}

  /** Tells whether only this machine can reach the host; without asking a name server. */
  public static boolean isLoopback(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    var address = literal(bracketed ? host.substring(1, host.length() - 1) : host);
    return address != null && address.isLoopbackAddress();
  }

  /** An IP address or the name of a host, to listen on. */
  static String host(String text) throws Wrong {
    if (text.startsWith("[") || text.contains("://")) {
      throw Wrong.found(
          Shown.text(text), "an IP address or host name alone, without brackets, scheme and port");
    }
    if (literal(text) == null && !isName(text)) {
      throw Wrong.found(Shown.text(text), "an IP address or a host name; 0.0.0.0 stands for all");
    }
    return text;
  }

  /** An IP address or a range of them (RFC 4632). */
  static String network(String text) throws Wrong {
    int slash = text.indexOf('/');
    var address = literal(slash < 0 ? text : text.substring(0, slash));
    String bits = slash < 0 ? "0" : text.substring(slash + 1);
    if (address == null
        || !bits.matches("[0-9]{1,3}")
        || Integer.parseInt(bits) > address.getAddress().length * 8) {
      throw Wrong.found(
          Shown.text(text), "an IP address or a range such as 10.0.0.0/8 or fd00::/8");
    }
    return text;
  }

  /** Where something is appended to. */
  static URI base(String text) throws Wrong {
    var url = url(text);
    if (url.getRawQuery() != null) {
      throw new Wrong("must end before the query, because paths are appended to it");
    }
    if (text.endsWith("/")) {
      throw new Wrong(
          "must not end with a slash; write " + Shown.text(text.replaceFirst("/+$", "")));
    }
    return url;
  }

  /** The address of a provider, to which {@code /v1/…} is appended. */
  static URI provider(String text) throws Wrong {
    var url = base(text);
    if (url.getRawPath() != null && url.getRawPath().endsWith("/v1")) {
      throw new Wrong(
          "must not end with /v1, which is appended; write "
              + Shown.text(text.substring(0, text.length() - 3)));
    }
    return url;
  }

  /** Where public keys are published: who could change them on the way could forge tokens. */
  static URI keySet(String text) throws Wrong {
    var url = url(text);
    if (!isHttps(url) && !isLoopback(url.getHost())) {
      throw Wrong.found(Shown.text(text), "an https:// address, or one of this machine");
    }
    return url;
  }

  /** An HTTP address without user and fragment. */
  static URI url(String text) throws Wrong {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw Wrong.found(Shown.text(text), "an http:// or https:// address");
    }
    if (url.getRawUserInfo() != null) {
      throw new Wrong("must not hold a user or password");
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if ((!scheme.equals("http") && !scheme.equals("https"))
        || url.getHost() == null
        || url.getPort() == 0
        || url.getPort() > 65535) {
      throw Wrong.found(Shown.text(text), "an http:// or https:// address");
    }
    if (url.getRawFragment() != null) {
      throw new Wrong("must not hold a fragment (# and what follows)");
    }
    // Elsewhere the scheme is compared as it stands.
    return URI.create(scheme + text.substring(scheme.length()));
  }

  /** Tells whether the address is one of HTTP over TLS. */
  public static boolean isHttps(URI url) {
    return "https".equals(url.getScheme());
  }

  private static boolean isName(String text) {
    if (text.length() > 253 || NUMERIC.matcher(text).matches()) {
      return false;
    }
    for (String label : text.split("\\.", -1)) {
      if (!LABEL.matcher(label).matches()) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable InetAddress literal(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
