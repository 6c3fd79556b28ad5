package dev.yumen.privacy;

import java.util.Locale;
import java.util.Set;

/**
 * Follows text character by character and knows whether it is within a link. Whoever reads an
 * answer fetches its images without a click, so a link made up by a model, or by a page that it
 * read, would carry what is put into it to anybody. Where doubtful it is within.
 *
 * <p>A link begins with {@code scheme:/}, {@code http:}, {@code www.}, with {@code //} behind a
 * quote, bracket or equals sign, as a Markdown destination, or behind {@code src=} and the like. It
 * ends with white space, an angle bracket, a quote, or what its beginning asks for: the other
 * bracket or the same quote. Belongs to one thread.
 */
final class LinkGuard {
  private static final int RECENT = 16;
  private static final Set<String> ATTRIBUTES =
      Set.of("src", "href", "srcset", "poster", "action", "background");

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
      follow(text[i]);
    }
  }

  /** Goes on by one character. */
  void follow(char c) {
    if (inside) {
      within(c);
    } else {
      outside(c);
    }
    recent[count++ & RECENT - 1] = c;
  }

  /** Another text begins, outside of links. */
  void leave() {
    inside = false;
    count = 0;
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
    String text = link();
    // To a browser a backslash is a slash, to Markdown it is none.
    return permits(text.replace('\\', '/')) && permits(text.replace("\\", ""));
  }

  private boolean permits(String text) {
    if (text.chars().anyMatch(c -> c <= ' ')) {
      return false; // several links in one attribute
    }
    int colon = 0;
    while (colon < text.length() && isScheme(text.charAt(colon))) {
      colon++;
    }
    boolean scheme = colon > 0 && colon < text.length() && text.charAt(colon) == ':';
    if (!scheme && destination && !text.startsWith("//")) {
      // Relative, so it goes to where the answer is shown, unless an entity hides a colon or slash.
      int query = text.indexOf('?');
      return text.indexOf('&') < 0 || (query >= 0 && query < text.indexOf('&'));
    }
    if (text.equals("mailto:") || text.equals("tel:")) {
      return true; // nothing is fetched
    }
    return allowed(scheme ? text.substring(colon + 1) : text);
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
        if ((scheme == 4 && isRecent("http")) || (scheme == 5 && isRecent("https"))) {
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
        if (isRecent("www") && !Character.isLetterOrDigit(back(4))) {
          enter(3, c);
        }
      }
      case '(' -> {
        if (back(1) == ']') {
          enterDestination(')');
        }
      }
      case '=' -> {
        if (ATTRIBUTES.contains(wordBefore())) {
          enterDestination(' ');
        }
      }
      default -> {}
    }
  }

  private void enterDestination(char closer) {
    inside = true;
    destination = true;
    this.closer = closer;
    brackets = 0;
    link.setLength(0);
  }

  /** The word before the place, white space between left out, in lower case. */
  private String wordBefore() {
    int end = 1;
    while (end < RECENT && back(end) == ' ') {
      end++;
    }
    var word = new StringBuilder();
    for (int i = end; i < RECENT && isLetter(back(i)); i++) {
      word.append(Character.toLowerCase(back(i)));
    }
    return word.reverse().toString();
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
    closer = opener == '<' ? '>' : ' ';
  }

  private void within(char c) {
    if (destination && link.isEmpty() && opens(c)) {
      return;
    }
    if (closes(c)) {
      inside = false;
      destination = false;
    } else if (link.length() < LONGEST) {
      link.append(c);
    }
  }

  /** Passes over what stands before a destination, and takes from it how it ends. */
  private boolean opens(char c) {
    if (closer == ')' && c == '<') {
      closer = '>';
      return true;
    }
    if (closer == ' ' && (c == '"' || c == '\'')) {
      closer = c;
      return true;
    }
    return c == '\\' || (c <= ' ' && closer != '"' && closer != '\'');
  }

  private boolean closes(char c) {
    return switch (closer) {
      case '>' -> c == '>' || c == '\n';
      // Browsers pass over line ends within an attribute; an empty line ends it in Markdown.
      case '"', '\'' -> c == closer || (c == '\n' && back(1) == '\n');
      default -> closesBare(c);
    };
  }

  private boolean closesBare(char c) {
    if (c == '(') {
      brackets++;
    } else if (c == ')') {
      return brackets-- == 0;
    }
    boolean markup = c == '"' || c == '<' || c == '>' || c == '`';
    boolean ends = c <= ' ' || (markup && (!destination || closer == ' '));
    return ends || (!destination && c > 127 && !Character.isLetterOrDigit(c));
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

  private boolean isRecent(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (Character.toLowerCase(back(word.length() - i)) != word.charAt(i)) {
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
