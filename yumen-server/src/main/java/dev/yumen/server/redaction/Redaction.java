package dev.yumen.server.redaction;

/**
 * Takes out of a text what no log may hold: credentials, private keys, e-mail addresses, Chinese
 * mobile and identity numbers, bank cards. {@code docs/reference/logs.md} lists what is found.
 *
 * <p>This is the last net, not the first: the gateway's own code logs none of it, so what is
 * doubtful is taken out. One pass; what is looked at again, before or behind, is bounded, so no
 * text takes more than time in proportion to its length. Nothing is copied when nothing is found.
 */
public final class Redaction {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final int LONGEST_LABEL = 64;
  private static final int LONGEST_LOCAL_PART = 256;
  private static final int LONGEST_AUTHORITY = 1024;

  /** What a character means: nothing, part of a {@link RandomRun}, perhaps the mark of a secret. */
  private static final byte[] ROLES = new byte[128];

  private static final int RUN = 1;
  private static final int MARK = 2;

  static {
    for (char c = 0; c < ROLES.length; c++) {
      int run = RandomRun.holds(c) ? RUN : 0;
      boolean mark = ":=>@%-_ e".indexOf(c) >= 0 || Numbers.digit(c) || VendorKey.mayBeginWith(c);
      ROLES[c] = (byte) (mark ? run | MARK : run);
    }
  }

  private final String text;
  private int at;
  private int floor;
  private int from;
  private int to;
  private String kind = "";

  private Redaction(String text) {
    this.text = text;
  }

  /** Returns the text with every find replaced by its kind; the same text when there is none. */
  public static String redact(String text) {
    var scan = new Redaction(text);
    if (!scan.next()) {
      return text;
    }
    var out = new StringBuilder(text.length() + 32);
    do {
      out.append(text, scan.floor, scan.from).append("[redacted:").append(scan.kind).append(']');
      scan.floor = scan.to;
    } while (scan.next());
    return out.append(text, scan.floor, text.length()).toString();
  }

  /** Finds the next secret, which begins at or after the floor. */
  private boolean next() {
    int length = text.length();
    int run = floor;
    for (at = floor; at < length; at++) {
      char c = text.charAt(at);
      int role = c < ROLES.length ? ROLES[c] : c == '：' ? MARK : 0;
      if ((role & RUN) == 0) {
        if (RandomRun.looksRandom(text, run, at)) {
          return found("secret", run, at);
        }
        run = at + 1;
      }
      if ((role & MARK) != 0 && startsAt(c)) {
        return true;
      }
    }
    return RandomRun.looksRandom(text, run, length) && found("secret", run, length);
  }

  private boolean startsAt(char c) {
    return switch (c) {
      case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      case ':' -> authority() || assignment();
      case '=', '>', '：' -> assignment();
      case '@' -> mail(at + 1);
      case '%' -> text.startsWith("40", at + 1) && mail(at + 3);
      case '-' -> infix("sk", "-ant-", 8) || privateKey();
      case '_' -> infix("ym", "_", 20);
      case ' ' -> scheme();
      case 'e' -> text.startsWith("eyJ", at) && credential("jwt", at, at + 3, 10);
      default -> vendorKey(c);
    };
  }

  private boolean found(String what, int start, int end) {
    kind = what;
    from = start;
    to = end;
    return true;
  }

  private boolean number() {
    if (at > 0 && Numbers.digit(text.charAt(at - 1))) {
      return false;
    }
    long match = Numbers.match(text, at);
    return match != 0 && found(Numbers.kind(match), at, Numbers.end(match));
  }

  /** A key whose mark may follow anything, for instance {@code xsk-ant-…}. */
  private boolean infix(String before, String mark, int least) {
    int start = at - before.length();
    return start >= floor
        && text.startsWith(before, start)
        && text.startsWith(mark, at)
        && credential("key", start, at + mark.length(), least);
  }

  private boolean vendorKey(char c) {
    return VendorKey.mayBeginWith(c)
        && (at == 0 || !Characters.alphanumeric(text.charAt(at - 1)))
        && VendorKey.isAt(text, at)
        && credential("key", at, at, 0);
  }

  /** Takes everything a key or token may consist of, when there is enough of it. */
  private boolean credential(String what, int start, int body, int least) {
    int end = body;
    while (end < text.length() && Characters.credential(text.charAt(end))) {
      end++;
    }
    return end - body >= least && found(what, start, end);
  }

  /** {@code Bearer …} and {@code Basic …} without the name of the field. */
  private boolean scheme() {
    if (Assignment.wordBefore(text, at, "bearer")) {
      return credential("credential", at + 1, at + 1, 6);
    }
    return Assignment.wordBefore(text, at, "basic")
        && Characters.noWord(text, at + 1)
        && credential("credential", at + 1, at + 1, 8);
  }

  private boolean assignment() {
    if (!Assignment.named(text, floor, at)) {
      return false;
    }
    var value = Assignment.value(text, at);
    return value != null && found("secret", value.from(), value.to());
  }

  /** {@code ://user:password@host}. */
  private boolean authority() {
    if (!text.startsWith("//", at + 1)) {
      return false;
    }
    int start = at + 3;
    int most = Math.min(text.length(), start + LONGEST_AUTHORITY);
    int sign = -1;
    for (int i = start; i < most && Characters.authority(text.charAt(i)); i++) {
      if (text.charAt(i) == '@') {
        sign = i;
      }
    }
    return sign > start && found("credential", start, sign);
  }

  /** An e-mail address whose sign is here; the domain begins where given. */
  private boolean mail(int domain) {
    int start = at;
    int least = Math.max(floor, at - LONGEST_LOCAL_PART);
    while (start > least && Characters.localPart(text.charAt(start - 1))) {
      start--;
    }
    if (start == at) {
      return false;
    }
    int end = domain;
    while (end < text.length() && Characters.domain(text.charAt(end))) {
      end++;
    }
    if (end > domain && text.charAt(end - 1) == '.') {
      // The end of a sentence.
      end--;
    }
    int dot = end - 1;
    while (dot > domain && text.charAt(dot) != '.') {
      dot--;
    }
    return dot > domain
        && end - dot > 2
        && Character.isLetter(text.charAt(dot + 1))
        && found("email", start, end);
  }

  /** A private key in PEM; without an end, as in a text cut short, up to the end of the text. */
  private boolean privateKey() {
    if (!text.startsWith(BEGIN, at)) {
      return false;
    }
    int label = at + BEGIN.length();
    int most = Math.min(text.length(), label + LONGEST_LABEL);
    int close = text.indexOf(DASHES, label, most);
    if (text.indexOf("PRIVATE", label, close < 0 ? most : close) < 0) {
      return false;
    }
    int last = text.indexOf(END, label);
    int end = last < 0 ? -1 : text.indexOf(DASHES, last + END.length());
    return found("private-key", at, end < 0 ? text.length() : end + DASHES.length());
  }
}
