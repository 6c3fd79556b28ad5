package dev.yumen.privacy;

import java.util.Locale;
import java.util.Set;

/**
 * Follows text character by character and knows whether it is within a link. Whoever reads an
 * answer fetches its images without a click, so a link made up by a model, or by a page that it
 * read, would carry what is put into it to anybody. Where doubtful it is within.
 *
 * <p>A link begins with {@code scheme:/}, {@code http:}, {@code www.}, with {@code //} behind a
 * quote, bracket or equals sign, or as a Markdown destination. It ends with white space, an angle
 * bracket, a quote, or what its beginning asks for: the other bracket or the same quote. Belongs to
 * one thread.
 */
final class LinkGuard {
  private static final int RECENT = 16;

  /** Longer links are not remembered whole. */
  private static final int LONGEST = 4096;

  private final Set<String> hosts;
  private final char[] recent = new char[RECENT];
  private int count;
  private final StringBuilder link = new StringBuilder();
  private boolean inside;
  private boolean destination;
  private char closer;
  private int brackets;

  /**
   * Begins outside of links.
   *
   * @param hosts the hosts allowed, lower case: {@code example.org}, {@code *.example.org} for all
   *     below it, {@code *} for all
   */
  LinkGuard(Set<String> hosts) {
    this.hosts = hosts;
  }

  /** Goes on by some characters. */
  void follow(char[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text[i];
      if (inside) {
        within(c);
      } else {
        outside(c);
      }
      recent[count++ & RECENT - 1] = c;
    }
  }

  /** Goes on by a text. */
  void follow(String text) {
    follow(text.toCharArray(), 0, text.length());
  }

  /** The character before the place; 0 at the beginning. */
  char previous() {
    return count == 0 ? 0 : back(1);
  }

  /** Whether the place is within a link. */
  boolean inside() {
    return inside;
  }

  /** The link so far, slashes without the backslash that JSON may put before them. */
  String link() {
    return link.toString().replace("\\/", "/");
  }

  /** Whether a value may be put at this place: outside of links, or where its host is allowed. */
  boolean permits() {
    if (!inside || hosts.contains("*")) {
      return true;
    }
    String text = link.toString().replace('\\', '/');
    int colon = text.indexOf(':');
    boolean schemeless = colon < 0 || text.lastIndexOf('/', colon) >= 0;
    String rest = schemeless ? text : text.substring(colon + 1);
    if (destination && schemeless && !rest.startsWith("//")) {
      return !rest.startsWith("www."); // relative: it goes to where the answer is shown
    }
    if (text.equals("mailto:") || text.equals("tel:")) {
      return true; // nothing is fetched
    }
    return allowed(rest);
  }

  private boolean allowed(String rest) {
    int from = 0;
    while (from < rest.length() && rest.charAt(from) == '/') {
      from++;
    }
    int to = from;
    while (to < rest.length() && "/?#".indexOf(rest.charAt(to)) < 0) {
      to++;
    }
    if (to == rest.length()) {
      return false; // the place is within the host
    }
    String authority = rest.substring(from, to).toLowerCase(Locale.ROOT);
    String host = authority.substring(authority.lastIndexOf('@') + 1).replaceFirst(":\\d*$", "");
    if (hosts.contains(host)) {
      return true;
    }
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      if (hosts.contains("*" + host.substring(dot))) {
        return true;
      }
    }
    return false;
  }

  private void outside(char c) {
    switch (c) {
      case ':' -> {
        int scheme = scheme(0);
        if (scheme == 4 && isRecent("http", 0) || scheme == 5 && isRecent("https", 0)) {
          enter(scheme, c);
        }
      }
      case '/', '\\' -> {
        if (back(1) == ':' && scheme(1) >= 2) {
          enter(scheme(1) + 1, c);
        } else if (back(1) == '/' && "\"'(=<".indexOf(back(2)) >= 0) {
          enter(1, c);
        }
      }
      case '.' -> {
        if (isRecent("www", 0) && !Character.isLetterOrDigit(back(4))) {
          enter(3, c);
        }
      }
      case '(' -> {
        if (back(1) == ']') {
          inside = true;
          destination = true;
          closer = ')';
          brackets = 0;
          link.setLength(0);
        }
      }
      default -> {}
    }
  }

  /** Enters a link whose first characters, as many as told, came before this one. */
  private void enter(int before, char c) {
    inside = true;
    destination = false;
    brackets = 0;
    link.setLength(0);
    for (int i = before; i > 0; i--) {
      link.append(Character.toLowerCase(back(i)));
    }
    link.append(c);
    char opener = back(before + 1);
    boolean quoted = (opener == '"' || opener == '\'') && isAttribute(before + 2);
    closer = opener == '<' ? '>' : quoted ? opener : ' ';
  }

  /** Whether an equals sign stands there, as before the quote of an attribute. */
  private boolean isAttribute(int distance) {
    int i = distance;
    while (i < RECENT && (back(i) == ' ' || back(i) == '\\')) {
      i++;
    }
    return back(i) == '=';
  }

  private void within(char c) {
    if (destination && link.isEmpty() && c <= ' ') {
      return;
    }
    if (destination && link.isEmpty() && c == '<') {
      closer = '>';
      return;
    }
    if (closes(c)) {
      inside = false;
      destination = false;
    } else if (link.length() < LONGEST) {
      link.append(c);
    }
  }

  private boolean closes(char c) {
    switch (closer) {
      case '>' -> {
        return c == '>' || c == '\n';
      }
      case '"', '\'' -> {
        // Browsers pass over line ends within an attribute; an empty line ends it in Markdown.
        return c == closer || (c == '\n' && back(1) == '\n');
      }
      default -> {
        if (c == '(') {
          brackets++;
        } else if (c == ')') {
          return brackets-- == 0;
        }
        boolean ends = c <= ' ' || (!destination && (c == '"' || c == '<' || c == '>' || c == '`'));
        return ends || (!destination && c > 127 && !Character.isLetterOrDigit(c));
      }
    }
  }

  /** How many characters of a scheme stand before the character told, as far as remembered. */
  private int scheme(int skipped) {
    int length = 0;
    while (length + skipped < Math.min(count, RECENT - 2) && isScheme(back(length + skipped + 1))) {
      length++;
    }
    while (length > 0 && !isLetter(back(length + skipped))) {
      length--;
    }
    return length;
  }

  private boolean isRecent(String word, int skipped) {
    for (int i = 0; i < word.length(); i++) {
      if (Character.toLowerCase(back(word.length() - i + skipped)) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private char back(int distance) {
    return distance > count ? 0 : recent[count - distance & RECENT - 1];
  }

  private static boolean isScheme(char c) {
    return isLetter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  }

  private static boolean isLetter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }
}
