package dev.yumen.authentication;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What the holder of a key sends: {@code ym_<id>_<secret><checksum>}, always 65 characters.
 *
 * <p>The id is public, 12 characters of Crockford's base 32 in lower case. The secret is 43
 * characters of base 62, just over 256 random bits. The checksum is the CRC-32 of everything before
 * it as 6 characters of base 62, so that a typing error is told from a wrong key, and a scanner for
 * leaked secrets hardly ever raises a false alarm. No character needs escaping anywhere, and a
 * double click selects the whole key.
 *
 * @param id the public part
 * @param secret the part that is never stored
 */
public record KeyText(String id, String secret) {
  /** What every key begins with. */
  public static final String PREFIX = "ym_";

  /** Length of the id in characters. */
  public static final int ID_LENGTH = 12;

  private static final String BASE_32 = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final String BASE_62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int SECRET_LENGTH = 43;
  private static final int CHECKSUM_LENGTH = 6;
  private static final int SECRET_START = PREFIX.length() + ID_LENGTH + 1;
  private static final int SECRET_END = SECRET_START + SECRET_LENGTH;
  private static final int LENGTH = SECRET_END + CHECKSUM_LENGTH;

  /**
   * Checks both parts.
   *
   * @throws IllegalArgumentException when a part has a wrong length or a foreign character
   */
  public KeyText {
    if (!isId(id)) {
      throw new IllegalArgumentException("a key id is 12 characters of " + BASE_32);
    }
    if (secret.length() != SECRET_LENGTH || !consistsOf(BASE_62, secret)) {
      throw new IllegalArgumentException("a secret is 43 letters or digits");
    }
  }

  /** Draws a new id and a new secret. */
  public static KeyText random(SecureRandom random) {
    return new KeyText(draw(BASE_32, ID_LENGTH, random), draw(BASE_62, SECRET_LENGTH, random));
  }

  /** Returns the parts of the text, or null when it is not a key or its checksum does not fit. */
  public static @Nullable KeyText parse(String text) {
    if (text.length() != LENGTH
        || !text.startsWith(PREFIX)
        || text.charAt(SECRET_START - 1) != '_') {
      return null;
    }
    var id = text.substring(PREFIX.length(), SECRET_START - 1);
    var secret = text.substring(SECRET_START, SECRET_END);
    if (!isId(id)
        || !consistsOf(BASE_62, secret)
        || !text.startsWith(checksum(text.substring(0, SECRET_END)), SECRET_END)) {
      return null;
    }
    return new KeyText(id, secret);
  }

  /** Tells whether the text could be the id of a key. */
  public static boolean isId(String text) {
    return text.length() == ID_LENGTH && consistsOf(BASE_32, text);
  }

  /** Returns what the holder sends. Never to be stored or logged. */
  public String text() {
    var body = PREFIX + id + "_" + secret;
    return body + checksum(body);
  }

  /** Prints the public part only. */
  @Override
  public String toString() {
    return PREFIX + id + "_…";
  }

  private static String draw(String alphabet, int length, SecureRandom random) {
    var drawn = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      drawn.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return drawn.toString();
  }

  private static boolean consistsOf(String alphabet, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (alphabet.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static String checksum(String body) {
    var crc = new CRC32();
    crc.update(body.getBytes(US_ASCII));
    var digits = new char[CHECKSUM_LENGTH];
    long rest = crc.getValue();
    for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
      digits[i] = BASE_62.charAt((int) (rest % BASE_62.length()));
      rest /= BASE_62.length();
    }
    return new String(digits);
  }
}
