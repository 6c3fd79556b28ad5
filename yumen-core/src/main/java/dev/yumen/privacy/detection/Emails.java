package dev.yumen.privacy.detection;

import dev.yumen.privacy.detection.Scan.Check;
import java.util.Locale;
import java.util.Set;

/**
 * E-mail addresses (RFC 5321, with internationalised domains, RFC 5890): from each {@code @} to
 * both sides, as far as a mailbox and a domain can be long.
 */
final class Emails {
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_HAN = 4;
  private static final int LONGEST_DOMAIN = 253;

  /**
   * Top-level domains of three letters and more that are in wide use; two letters are countries.
   */
  private static final Set<String> TOP_LEVEL =
      Set.of(
          "com",
          "net",
          "org",
          "edu",
          "gov",
          "mil",
          "int",
          "info",
          "biz",
          "name",
          "pro",
          "mobi",
          "asia",
          "tel",
          "xin",
          "top",
          "xyz",
          "vip",
          "wang",
          "shop",
          "site",
          "club",
          "online",
          "tech",
          "store",
          "cloud",
          "dev",
          "app",
          "page",
          "email",
          "live",
          "work",
          "link",
          "fun",
          "ltd",
          "group",
          "company",
          "world",
          "today",
          "life",
          "news",
          "design",
          "space",
          "website",
          "art",
          "ink",
          "team",
          "center",
          "studio",
          "agency",
          "global",
          "blog",
          "wiki",
          "one",
          "health",
          "bank",
          "law",
          "test",
          "example",
          "local",
          "internal",
          "corp",
          "lan",
          "home",
          "invalid",
          "museum",
          "jobs",
          "travel",
          "coop",
          "aero",
          "cat",
          "post",
          "eco",
          "green",
          "red",
          "blue",
          "chat",
          "codes",
          "digital",
          "finance",
          "systems",
          "solutions",
          "services",
          "software",
          "network",
          "zone",
          "media",
          "academy",
          "school",
          "university",
          "college",
          "berlin",
          "london",
          "paris",
          "nyc",
          "tokyo",
          "moe",
          "ren",
          "citic",
          "中国",
          "公司",
          "网络",
          "在线",
          "网址",
          "商城",
          "中文网",
          "集团",
          "手机",
          "餐厅",
          "佛山",
          "广东",
          "政务",
          "公益",
          "移动");

  /** Mailboxes of machines and of version control, which are nobody's. */
  private static final Set<String> NOBODY =
      Set.of("git", "noreply", "no-reply", "donotreply", "do-not-reply", "mailer-daemon");

  private static final Set<String> FILE_ENDINGS =
      Set.of("png", "jpg", "jpeg", "gif", "svg", "webp", "css", "scss", "js", "ts", "json", "html");

  private final Scan scan;

  Emails(Scan scan) {
    this.scan = scan;
  }

  void search() {
    var ats = scan.marks().ats();
    for (int i = 0; i < ats.size(); i++) {
      around(ats.get(i), ats.get(i) + 1);
    }
  }

  /** Looks at both sides of an at sign, which may be spelled out. */
  void around(int localEnd, int domainStart) {
    int start = localEnd;
    while (start > 0 && localEnd - start <= LONGEST_LOCAL && local(scan.at(start - 1))) {
      start--;
    }
    while (start < localEnd && !Chars.alnum(scan.at(start)) && scan.at(start) != '_') {
      start++;
    }
    if (start == localEnd && Chars.han(scan.at(localEnd - 1))) {
      start = han(localEnd);
    }
    if (start == localEnd || localEnd - start > LONGEST_LOCAL || scan.at(localEnd - 1) == '.') {
      return;
    }
    int end = domainEnd(domainStart);
    if (end > domainStart) {
      propose(start, localEnd, end);
    }
  }

  private void propose(int start, int localEnd, int end) {
    int dot = end - 1;
    while (scan.at(dot) != '.' && scan.at(dot) != '。') {
      dot--;
    }
    var top = scan.substring(dot + 1, end).toLowerCase(Locale.ROOT);
    if (FILE_ENDINGS.contains(top)) {
      return;
    }
    boolean country = top.length() == 2 && Chars.letter(top.charAt(0));
    int adjustment = country || TOP_LEVEL.contains(top) || top.startsWith("xn--") ? 0 : -40;
    if (NOBODY.contains(scan.substring(start, localEnd).toLowerCase(Locale.ROOT))
        || scan.matches(start - 3, "://")
        || (scan.at(end) == ':' && Chars.letter(scan.at(end + 1)))) {
      // A mailbox of machines, the user of a web address, or a repository: user@host:path.
      adjustment -= 40;
    }
    scan.propose(DataType.EMAIL, start, end, Check.NONE, adjustment);
  }

  /** Where the longest domain with a top-level domain of letters ends, or -1. */
  private int domainEnd(int start) {
    boolean han = Chars.han(scan.at(start));
    int end = -1;
    int label = start;
    for (int at = start; at - start < LONGEST_DOMAIN; at++) {
      char c = scan.at(at);
      if (Chars.alnum(c) || (c == '-' && at > label) || (han && Chars.han(c))) {
        continue;
      }
      if (label > start && topLevel(label, at)) {
        end = at;
      }
      if ((c != '.' && c != '。') || at == label) {
        break;
      }
      label = at + 1;
      if (Chars.han(scan.at(label))) {
        // Text may follow without a blank, so only known names count.
        int chinese = chineseTopLevel(label);
        return chinese > label ? chinese : end;
      }
      if (!Chars.alnum(scan.at(label))) {
        break;
      }
    }
    return end;
  }

  private boolean topLevel(int from, int to) {
    if (to - from < 2 || scan.at(to - 1) == '-') {
      return false;
    }
    if (scan.matches(from, "xn--")) {
      return true;
    }
    for (int i = from; i < to; i++) {
      if (!Chars.letter(scan.at(i))) {
        return false;
      }
    }
    return true;
  }

  private int chineseTopLevel(int from) {
    for (int length = 3; length >= 2; length--) {
      if (from + length <= scan.length()
          && TOP_LEVEL.contains(scan.substring(from, from + length))) {
        return from + length;
      }
    }
    return from;
  }

  /** A mailbox in Chinese (RFC 6531), of which nobody can say where it starts in a sentence. */
  private int han(int end) {
    int start = end;
    while (end - start < LONGEST_HAN && Chars.han(scan.at(start - 1))) {
      start--;
    }
    return start;
  }

  private static boolean local(char c) {
    return Chars.alnum(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '\'';
  }
}
