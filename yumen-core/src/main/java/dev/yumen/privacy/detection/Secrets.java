package dev.yumen.privacy.detection;

import dev.yumen.privacy.detection.Scan.Check;
import dev.yumen.privacy.detection.SecretRule.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Secrets that can be told by themselves: known prefixes, tokens, key armour, passwords in URLs.
 */
final class Secrets {
  private static final int LONGEST_AUTHORITY = 300;
  private static final int LONGEST_ARMOUR = 20_000;
  private static final int LONGEST_TOKEN = 16_000;
  private static final int LONGEST_COMMAND = 1_000;

  private final Scan scan;
  private int done;
  private int curl = -LONGEST_COMMAND;

  Secrets(Scan scan) {
    this.scan = scan;
  }

  /** Looks at one occurrence of a word. */
  void at(int start, int end, Vocabulary.Word word) {
    for (var rule : word.secrets()) {
      prefixed(rule, start, end);
    }
    for (var form : word.forms()) {
      if (scan.matches(start, form.literal())) {
        form(form, start, end);
      }
    }
    for (var rule : word.vendors()) {
      vendor(rule, end);
    }
  }

  private void form(SecretForm form, int start, int end) {
    switch (form) {
      case JSON_WEB_TOKEN -> webToken(start);
      case ARMOUR -> armour(start, end);
      case AUTHORITY -> authority(end);
      case ENTRA_SECRET -> entra(start, end);
      case TERRAFORM_TOKEN ->
          surrounded(start, end, Charset.ALNUM, 14, Charset.DOTTED, 60, 70, "terraform-token");
      case MAXMIND_KEY ->
          surrounded(start, end, Charset.URL, 36, Charset.ALNUM, 0, 0, "maxmind-key");
      case TEAMS_WEBHOOK -> teams(start, end);
      case CURL -> curl = start;
      case CURL_USER, CURL_U -> {
        if (start - curl < LONGEST_COMMAND) {
          commandUser(end);
        }
      }
    }
  }

  private void prefixed(SecretRule rule, int start, int end) {
    char before = scan.at(start - 1);
    boolean inside = Chars.alnum(rule.prefix().charAt(0)) && (Chars.alnum(before) || before == '_');
    if (start < done || inside || !scan.matches(start, rule.prefix())) {
      return;
    }
    int stop = end;
    while (stop - end <= rule.longest() && rule.charset().contains(scan.at(stop))) {
      stop++;
    }
    while (stop > end && ".=".indexOf(scan.at(stop - 1)) >= 0 && rule.charset() == Charset.DOTTED) {
      stop--;
    }
    int length = stop - end;
    if (length < rule.shortest() || length > rule.longest() || Chars.alnum(scan.at(stop))) {
      return;
    }
    var body = scan.substring(end, stop);
    if (length > 0 && (Entropy.of(body) < rule.entropy() || placeholder(body))) {
      return;
    }
    boolean label = rule.prefix().endsWith("=") && rule.type() == DataType.API_KEY;
    scan.proposeByRule(rule.type(), label ? end : start, stop, 95, rule.name());
    done = stop;
  }

  private static boolean placeholder(String body) {
    var lower = body.toLowerCase(Locale.ROOT);
    return lower.contains("example") || lower.contains("xxxxx") || lower.contains("...");
  }

  /** RFC 7519, compact form: the header must decode to JSON with an algorithm. */
  private void webToken(int start) {
    if (start < done || Chars.base64Url(scan.at(start - 1))) {
      return;
    }
    int dots = 0;
    int firstDot = 0;
    int at = start;
    while (at - start < LONGEST_TOKEN && (Chars.base64Url(scan.at(at)) || scan.at(at) == '.')) {
      if (scan.at(at) == '.') {
        if (scan.at(at - 1) == '.' && dots < 2) {
          break;
        }
        if (dots++ == 0) {
          firstDot = at;
        }
      }
      at++;
    }
    while (scan.at(at - 1) == '.') {
      at--;
      dots--;
    }
    done = at;
    if (dots != 2 && dots != 4) {
      return;
    }
    boolean decoded = header(scan.substring(start, firstDot));
    scan.propose(DataType.JWT, start, at, decoded ? Check.PASSED : Check.FAILED);
  }

  private static boolean header(String part) {
    try {
      var json = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
      return json.startsWith("{") && json.contains("\"alg\"");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** From the first to the last line of armour; cut armour is taken as far as it goes. */
  private void armour(int start, int end) {
    if (start < done) {
      return;
    }
    int label = end;
    while (label - end < 60
        && scan.at(label) != '-'
        && scan.at(label) != '\n'
        && scan.at(label) != 0) {
      label++;
    }
    if (!scan.substring(end, label).contains("PRIVATE KEY") || !scan.matches(label, "-----")) {
      return;
    }
    int body = label + 5;
    int at = body;
    int content = 0;
    while (at - start < LONGEST_ARMOUR && armoured(scan.at(at))) {
      content += Chars.base64(scan.at(at)) ? 1 : 0;
      at++;
    }
    if (content < 24) {
      return;
    }
    int finish = at;
    if (scan.matches(at, "-----END")) {
      int close = at + 8;
      while (close - at < 70
          && scan.at(close) != '-'
          && scan.at(close) != '\n'
          && scan.at(close) != 0) {
        close++;
      }
      finish = scan.matches(close, "-----") ? close + 5 : at;
    }
    while (Chars.space(scan.at(finish - 1))) {
      finish--;
    }
    scan.proposeByRule(DataType.PRIVATE_KEY, start, finish, 99, "private-key");
    done = finish;
  }

  private boolean armoured(char c) {
    // Headers such as "Proc-Type: 4,ENCRYPTED" belong to the armour; a hyphen ends it.
    return Chars.base64(c)
        || Chars.space(c)
        || c == '='
        || c == ':'
        || c == ','
        || c == '\\'
        || c == '.';
  }

  /** The password of user:password@host. */
  private void authority(int from) {
    int at = from;
    int colon = -1;
    int last = -1;
    while (at - from < LONGEST_AUTHORITY
        && "/?#\"'<>`\\,".indexOf(scan.at(at)) < 0
        && !Chars.space(scan.at(at))
        && scan.at(at) != 0) {
      if (scan.at(at) == ':' && colon < 0) {
        colon = at;
      } else if (scan.at(at) == '@') {
        last = at;
      }
      at++;
    }
    if (colon > 0 && last > colon + 1 && scan.at(from) != '[') {
      var password = scan.substring(colon + 1, last);
      if (!Placeholders.matches(password) && password.length() >= 3) {
        scan.proposeByRule(
            DataType.CONNECTION_PASSWORD,
            colon + 1,
            last,
            DataType.CONNECTION_PASSWORD.format(),
            "url-password");
      }
    }
  }

  /** Three characters, a digit, Q~ and 31 to 34 more. */
  private void entra(int start, int end) {
    int from = start - 4;
    if (!Chars.digit(scan.at(start - 1)) || from < 0) {
      return;
    }
    for (int i = from; i < start; i++) {
      if (!entraCharacter(scan.at(i)) || scan.at(i) == '-') {
        return;
      }
    }
    int to = end;
    while (to - end < 40 && entraCharacter(scan.at(to))) {
      to++;
    }
    int size = to - end;
    if (size < 31 || size > 34 || entraCharacter(scan.at(from - 1))) {
      return;
    }
    if (Entropy.of(scan.substring(from, to)) >= 3) {
      scan.proposeByRule(DataType.API_KEY, from, to, 95, "microsoft-entra-secret");
    }
  }

  private static boolean entraCharacter(char c) {
    return Chars.base64Url(c) || c == '~' || c == '.';
  }

  /** A literal within a token of a fixed length before and a range of lengths after. */
  private void surrounded(
      int start,
      int end,
      Charset before,
      int size,
      Charset after,
      int shortest,
      int longest,
      String rule) {
    int from = start - size;
    for (int i = from; i < start; i++) {
      if (!before.contains(scan.at(i))) {
        return;
      }
    }
    int to = end;
    while (to - end <= longest && after.contains(scan.at(to))) {
      to++;
    }
    if (to - end < shortest || to - end > longest || Chars.alnum(scan.at(from - 1))) {
      return;
    }
    if (Entropy.of(scan.substring(from, to)) >= 3) {
      scan.proposeByRule(DataType.API_KEY, from, to, 95, rule);
    }
  }

  private void teams(int start, int end) {
    int from = start;
    while (start - from < 80
        && (Chars.base64Url(scan.at(from - 1)) || "/:.".indexOf(scan.at(from - 1)) >= 0)
        && from > 0) {
      from--;
    }
    int to = end;
    while (to - end < 300
        && (Chars.base64Url(scan.at(to)) || scan.at(to) == '/' || scan.at(to) == '@')) {
      to++;
    }
    if (to - end > 100) {
      scan.proposeByRule(DataType.WEBHOOK_URL, from, to, 95, "microsoft-teams-webhook");
    }
  }

  /** curl --user name:password. */
  private void commandUser(int end) {
    int at = end;
    while (at - end < 5 && (scan.at(at) == ' ' || scan.at(at) == '=')) {
      at++;
    }
    char quote = scan.at(at);
    boolean quoted = quote == '"' || quote == '\'';
    if (at == end && !quoted) {
      return;
    }
    int from = quoted ? at + 1 : at;
    int to = from;
    while (to - from < 200
        && scan.at(to) != 0
        && scan.at(to) != '\n'
        && (quoted ? scan.at(to) != quote : !Chars.space(scan.at(to)))) {
      to++;
    }
    var pair = scan.substring(from, to);
    int colon = pair.indexOf(':');
    if (colon < 0 || pair.length() < 5 || (quoted && scan.at(to) != quote)) {
      return;
    }
    var user = pair.substring(0, colon);
    var password = pair.substring(colon + 1);
    boolean dummy =
        (!user.isEmpty() && Placeholders.matches(user))
            || (!password.isEmpty() && Placeholders.matches(password))
            || user.equals(password);
    if (!dummy && (password.isEmpty() ? user : password).length() >= 3) {
      scan.proposeByRule(DataType.AUTHORIZATION, from, to, 80, "curl-user");
    }
  }

  /** The vendor's name, the rest of a name, an assignment, and a value of the vendor's form. */
  private void vendor(VendorRule rule, int end) {
    int at = Assignment.valueStart(scan, end);
    if (at < 0 || !scan.matches(at, rule.start())) {
      return;
    }
    int to = at;
    boolean digit = false;
    while (to - at <= rule.length() && rule.charset().contains(scan.at(to))) {
      digit |= Chars.digit(scan.at(to));
      to++;
    }
    if (to - at != rule.length() || Chars.alnum(scan.at(to)) || !digit) {
      return;
    }
    var value = scan.substring(at, to);
    if (Entropy.of(value) >= 3.2 && !Placeholders.matches(value)) {
      scan.proposeByRule(DataType.API_KEY, at, to, 80, rule.vendor() + "-secret");
    }
  }
}
