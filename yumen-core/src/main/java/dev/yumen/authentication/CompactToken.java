package dev.yumen.authentication;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.Base64URL;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A signed token in compact form (RFC 7515 section 7.1), taken apart and not yet verified. Nothing
 * of it is to be believed, but {@link #issuer} may choose who verifies.
 *
 * <p>Reading is strict, so that no two readers can understand one token differently: base64url
 * without padding, blanks or stray bits, UTF-8 (RFC 8725 section 3.7), and no member twice. What
 * would change how a signature is verified is refused rather than ignored: {@code crit} and so
 * {@code b64} (RFC 7797), and keys that a token brings along (RFC 8725 section 3.10). What is wrong
 * is told plainly, because it depends on nothing but the token itself.
 *
 * @param algorithm the {@code alg}
 * @param keyId the {@code kid}; looked up among the issuer's keys and used for nothing else
 * @param issuer the {@code iss}
 * @param claims the claims set
 * @param signedPart what the signature is over
 * @param signature in base64url
 */
record CompactToken(
    String algorithm,
    @Nullable String keyId,
    String issuer,
    Claims claims,
    byte[] signedPart,
    Base64URL signature) {

  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final List<String> REFUSED_PARAMETERS =
      List.of("crit", "b64", "jwk", "jku", "x5u", "x5c", "zip", "enc", "cty");

  /** Kinds of tokens that are made to be sent as a credential (RFC 8725 section 3.11, RFC 9068). */
  private static final Set<String> KINDS = Set.of("jwt", "at+jwt");

  /** Tells whether the text has the form of a token, signed or encrypted. */
  static boolean looksLike(String text) {
    return text.chars().filter(c -> c == '.').count() >= 2;
  }

  /**
   * Takes the text apart.
   *
   * @throws Refused with {@code CREDENTIAL_INVALID}
   */
  static CompactToken parse(String text) throws Refused {
    var parts = text.split("\\.", -1);
    if (parts.length == 5) {
      throw malformed("it is encrypted; only signed tokens are taken");
    }
    if (parts.length != 3) {
      throw malformed("it does not have three parts");
    }
    if (parts[0].isEmpty() || parts[1].isEmpty() || parts[2].isEmpty()) {
      throw malformed("its header, claims or signature is missing");
    }
    var header = object("header", parts[0]);
    var algorithm = algorithm(header);
    refuseParameters(header);
    var keyId = header.get("kid");
    if (keyId != null && !keyId.isString()) {
      throw malformed("kid is not a string");
    }
    var claims = object("claims set", parts[1]);
    var issuer = claims.get("iss");
    if (issuer == null || !issuer.isString()) {
      throw malformed("it does not name its issuer in iss");
    }
    bytes("signature", parts[2]);
    return new CompactToken(
        algorithm,
        keyId == null ? null : keyId.stringValue(),
        issuer.stringValue(),
        new Claims(claims),
        text.substring(0, text.lastIndexOf('.')).getBytes(US_ASCII),
        new Base64URL(parts[2]));
  }

  private static String algorithm(JsonNode header) throws Refused {
    var algorithm = header.get("alg");
    if (algorithm == null || !algorithm.isString()) {
      throw malformed("its header does not name an algorithm in alg");
    }
    if (algorithm.stringValue().strip().equalsIgnoreCase("none")) {
      throw malformed("it is not signed");
    }
    return algorithm.stringValue();
  }

  private static void refuseParameters(JsonNode header) throws Refused {
    for (String parameter : REFUSED_PARAMETERS) {
      if (header.has(parameter)) {
        throw malformed("its header holds " + parameter + ", which is not taken");
      }
    }
    var kind = header.get("typ");
    if (kind == null) {
      return;
    }
    var name = kind.isString() ? kind.stringValue().toLowerCase(Locale.ROOT) : "";
    // RFC 7515 section 4.1.9: the prefix may be left out.
    if (!KINDS.contains(name.startsWith("application/") ? name.substring(12) : name)) {
      throw malformed("its typ is not that of an access token, JWT or at+jwt");
    }
  }

  private static JsonNode object(String what, String part) throws Refused {
    try {
      var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(what, part))).toString();
      var node = STRICT.readTree(text);
      if (node.isObject()) {
        return node;
      }
    } catch (CharacterCodingException | JacksonException e) {
      // Told below: the message of the parser would repeat what was sent.
    }
    throw malformed("its " + what + " is not a JSON object in UTF-8 with every member once");
  }

  private static byte[] bytes(String what, String part) throws Refused {
    try {
      var bytes = Base64.getUrlDecoder().decode(part);
      if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw malformed("its " + what + " is not base64url without padding");
  }

  private static Refused malformed(String why) {
    return new Refused(
        Reason.CREDENTIAL_INVALID,
        "This token cannot be taken: " + why + ". Get a signed access token from its issuer.");
  }
}
