package dev.yumen.dialect;

import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path of the API, understood. A path that could mean something else to a provider than it means
 * here (dot segments, empty segments, parameters of segments, needless percent-encoding, a slash
 * that is encoded elsewhere than in a model's id) is refused, for it could carry a request past a
 * check.
 *
 * @param endpoint what it asks for
 * @param path what the provider gets, without the query
 * @param model the model named in the path; null when the path names none
 */
record Target(Endpoint endpoint, String path, @Nullable String model) {

  private static final String ROOT = "/v1/";

  /**
   * Understands a path.
   *
   * @throws Refused with {@code PATH_UNKNOWN} or {@code METHOD_NOT_ALLOWED}
   */
  static Target of(String method, String raw) throws Refused {
    String path = withoutAlias(raw);
    if (path.endsWith("/") && path.length() > ROOT.length()) {
      path = path.substring(0, path.length() - 1);
    }
    if (!path.startsWith(ROOT) || path.length() == ROOT.length()) {
      throw new Refused(
          Reason.PATH_UNKNOWN, "There is nothing at this path. The API begins at /v1/.");
    }
    List<String> segments = List.of(path.substring(ROOT.length()).split("/", -1));
    boolean ambiguous = false;
    for (int i = 0; i < segments.size(); i++) {
      boolean mayHoldSlash = i == 1 && segments.getFirst().equals("models");
      ambiguous |= ambiguous(segments.get(i), mayHoldSlash);
    }
    if (ambiguous) {
      throw new Refused(
          Reason.PATH_UNKNOWN,
          "The path has empty or dot segments, parameters or needless encoding. Write it"
              + " plainly.");
    }
    return understand(method, path, segments);
  }

  /** A base address that ends in {@code /v1} makes SDKs send {@code /v1/v1/…}. */
  static String withoutAlias(String raw) {
    String path = raw;
    while (path.startsWith("/v1/v1/")) {
      path = path.substring(3);
    }
    return path;
  }

  private static Target understand(String method, String path, List<String> segments)
      throws Refused {
    int depth = segments.size();
    Endpoint endpoint =
        switch (segments.getFirst()) {
          case "messages" -> messages(method, segments);
          case "models" -> depth == 1 ? Endpoint.MODELS : depth == 2 ? Endpoint.MODEL : null;
          case "files" -> Endpoint.FILES;
          case "complete" -> depth == 1 ? Endpoint.COMPLETE : null;
          case "chat" ->
              depth == 2 && segments.get(1).equals("completions")
                  ? Endpoint.CHAT_COMPLETIONS
                  : null;
          default -> null;
        };
    endpoint = endpoint == null ? Endpoint.OTHER : endpoint;
    String expected = method(endpoint);
    if (expected != null && !expected.equals(method)) {
      throw new Refused(
          Reason.METHOD_NOT_ALLOWED, "This path takes " + expected + ", not " + named(method));
    }
    String model =
        endpoint == Endpoint.MODEL
            ? URLDecoder.decode(segments.get(1).replace("+", "%2B"), StandardCharsets.UTF_8)
            : null;
    return new Target(endpoint, path, model);
  }

  private static @Nullable Endpoint messages(String method, List<String> segments) {
    return switch (segments.size()) {
      case 1 -> Endpoint.MESSAGES;
      case 2 ->
          switch (segments.get(1)) {
            case "count_tokens" -> Endpoint.COUNT_TOKENS;
            case "batches" -> method.equals("POST") ? Endpoint.BATCH_CREATE : Endpoint.BATCHES;
            default -> null;
          };
      case 3 -> segments.get(1).equals("batches") ? Endpoint.BATCHES : null;
      case 4 ->
          !segments.get(1).equals("batches")
              ? null
              : segments.get(3).equals("results")
                  ? Endpoint.BATCH_RESULTS
                  : segments.get(3).equals("cancel") ? Endpoint.BATCHES : null;
      default -> null;
    };
  }

  /** The one method an endpoint takes; null when it takes several. */
  private static @Nullable String method(Endpoint endpoint) {
    return switch (endpoint) {
      case MESSAGES, COUNT_TOKENS, BATCH_CREATE, COMPLETE, CHAT_COMPLETIONS -> "POST";
      case MODELS, MODEL, BATCH_RESULTS -> "GET";
      case BATCHES, FILES, OTHER -> null;
    };
  }

  private static String named(String method) {
    return method.length() <= 16 ? method + "." : "what was sent.";
  }

  private static boolean ambiguous(String segment, boolean mayHoldSlash) {
    if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
      return true;
    }
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '\\' || c == ';') {
        return true;
      }
      if (c == '%') {
        int encoded = encoded(segment, i + 1);
        if (encoded < 0x20
            || encoded == '\\'
            || (encoded == '/' && !mayHoldSlash)
            || unreserved((char) encoded)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The byte behind a percent sign; -1 when it is malformed. */
  private static int encoded(String segment, int at) {
    if (at + 2 > segment.length()) {
      return -1;
    }
    int high = Character.digit(segment.charAt(at), 16);
    int low = Character.digit(segment.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** RFC 3986 section 2.3: characters that must not be encoded by those who make URIs. */
  private static boolean unreserved(char c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
  }
}
