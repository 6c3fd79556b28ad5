package dev.yumen.server.http;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who the peer is and under which address it reached the gateway, with proxies in between. */
final class Origins {
  private final @Nullable String publicUrl;
  private final List<Network> trusted;

  Origins(@Nullable URI publicUrl, List<String> trustedProxies) {
    this.publicUrl = publicUrl == null ? null : withoutSlash(publicUrl.toString());
    this.trusted = trustedProxies.stream().map(Network::of).toList();
  }

  /** The caller's address: the last one that no trusted proxy vouches for. */
  String peer(HttpServerRequest request) {
    String address = request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
    String peer = address == null ? "" : address;
    if (!isTrusted(peer)) {
      return peer;
    }
    String forwarded = request.getHeader("x-forwarded-for");
    if (forwarded == null) {
      return peer;
    }
    String[] hops = forwarded.split(",", -1);
    for (int i = hops.length - 1; i >= 0; i--) {
      String hop = hops[i].strip();
      if (!isTrusted(hop)) {
        return hop.length() <= 64 ? hop : peer;
      }
    }
    return peer;
  }

  /** Scheme and authority as the caller wrote them. */
  String origin(HttpServerRequest request) {
    if (publicUrl != null) {
      return publicUrl;
    }
    String scheme = request.isSSL() ? "https" : "http";
    String host = request.authority() == null ? "" : request.authority().toString();
    String peer = request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
    if (peer != null && isTrusted(peer)) {
      String proto = request.getHeader("x-forwarded-proto");
      String forwardedHost = request.getHeader("x-forwarded-host");
      scheme = "https".equals(proto) || "http".equals(proto) ? proto : scheme;
      host = forwardedHost == null ? host : forwardedHost;
    }
    return scheme + "://" + host;
  }

  private boolean isTrusted(String address) {
    return !trusted.isEmpty() && trusted.stream().anyMatch(network -> network.has(address));
  }

  private static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** An address range (RFC 4632). */
  private record Network(byte[] address, int bits) {
    static Network of(String cidr) {
      int slash = cidr.indexOf('/');
      byte[] address = literal(slash < 0 ? cidr : cidr.substring(0, slash));
      if (address == null) {
        throw new IllegalArgumentException(cidr + " is no IP address");
      }
      return new Network(
          address, slash < 0 ? address.length * 8 : Integer.parseInt(cidr.substring(slash + 1)));
    }

    boolean has(String text) {
      byte[] other = literal(text);
      if (other == null || other.length != address.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> (i & 7);
        if ((other[i >> 3] & mask) != (address[i >> 3] & mask)) {
          return false;
        }
      }
      return true;
    }

    private static byte @Nullable [] literal(String text) {
      try {
        return InetAddress.ofLiteral(text).getAddress();
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
  }
}
