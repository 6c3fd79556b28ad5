package dev.yumen.privacy;

import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;

/**
 * Makes codes for values with one key. What a value's code is depends on nothing but key, label and
 * value, unless two values hash alike; then the one asked for later gets another. Belongs to one
 * thread.
 */
final class CodeBook {
  private static final int MOST_ATTEMPTS = 128;

  private final Mac mac;
  private final Map<Long, String> canonicals = new HashMap<>();
  private final Set<Long> taken = new HashSet<>();

  CodeBook(ConversationKey key) {
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(key.key());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /**
   * The code of a value, to be asked for once: its first five symbols are the same for all ways of
   * writing it.
   */
  long code(Label label, String value) {
    String canonical = canonical(value);
    while (true) {
      long five = five(label, canonical);
      for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        long two = bits(hash("form", label, value, attempt), 10);
        long code = TokenForm.checked(five << 10 | two);
        if (TokenForm.sound(code) && taken.add(code)) {
          return code;
        }
      }
      // There are hundreds of ways of writing this value already: this one becomes a value itself.
      canonical = canonical + "\0" + value;
    }
  }

  /** Thirty-two bytes that depend on key, purpose, label, value and attempt alone. */
  byte[] hash(String purpose, Label label, String value, int attempt) {
    text(purpose);
    text(label.name());
    text(value);
    number(attempt);
    return mac.doFinal();
  }

  private long five(Label label, String canonical) {
    for (int attempt = 0; ; attempt++) {
      long five = bits(hash("value", label, canonical, attempt), 25);
      if (TokenForm.mixed(five)) {
        String owner = canonicals.putIfAbsent(five, label + "\0" + canonical);
        if (owner == null || owner.equals(label + "\0" + canonical)) {
          return five;
        }
      }
    }
  }

  /** The length comes first, so that no two lists of texts are the same bytes. */
  private void text(String text) {
    number(text.length());
    byte[] bytes = new byte[text.length() * 2];
    for (int i = 0; i < text.length(); i++) {
      bytes[2 * i] = (byte) (text.charAt(i) >> 8);
      bytes[2 * i + 1] = (byte) text.charAt(i);
    }
    mac.update(bytes);
  }

  private void number(int number) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      mac.update((byte) (number >> shift));
    }
  }

  private static long bits(byte[] hash, int count) {
    long all = 0;
    for (int i = 0; i < 5; i++) {
      all = all << 8 | (hash[i] & 0xff);
    }
    return all >> (40 - count);
  }

  /**
   * What different ways of writing a value have in common: compatible characters, case and white
   * space do not count, and in a number nothing but its digits does.
   */
  static String canonical(String value) {
    String plain = Normalizer.normalize(value, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    boolean number = plain.chars().noneMatch(Character::isLetter);
    var kept = new StringBuilder(plain.length());
    plain
        .codePoints()
        .filter(c -> number ? Character.isDigit(c) : !Character.isWhitespace(c))
        .forEach(kept::appendCodePoint);
    return kept.isEmpty() ? plain : kept.toString();
  }
}
