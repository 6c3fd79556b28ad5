package dev.yumen.privacy.detection;

import java.util.Locale;

/**
 * Passwords and secrets that only a label tells: what is assigned to a name with "password",
 * "token" and the like. Most of the work is to tell values from code, paths, names and
 * placeholders.
 */
final class LabelledSecrets {
  private static final int LONGEST_NAME = 60;

  /** Parts of names that hold something about a secret, not the secret. */
  private static final String[] HARMLESS_NAMES = {
    "csrf",
    "xsrf",
    "public",
    "pubkey",
    "file",
    "path",
    "url",
    "uri",
    "length",
    "size",
    "count",
    "type",
    "limit",
    "max",
    "min",
    "version",
    "algorithm",
    "alias",
    "expir",
    "ttl",
    "time",
    "endpoint",
    "bucket",
    "vault",
    "store",
    "selector",
    "placeholder",
    "label",
    "cache",
    "sort",
    "partition",
    "column",
    "field",
    "name",
    "policy",
    "pattern",
    "regex",
    "prefix",
    "suffix",
    "hint",
    "reset",
    "encoder",
    "validator",
    "tokenizer",
    "keyboard",
    "keyword",
    "keychar",
    "primary",
    "foreign",
    "index",
    "usage",
    "meshing",
    "code_challenge",
    "next",
    "page",
    "cursor",
    "author",
    "hash",
    "digest",
    "sourcelocation",
    "strength",
    "map"
  };

  private final Scan scan;

  LabelledSecrets(Scan scan) {
    this.scan = scan;
  }

  void at(int start, int end, Vocabulary.Word word) {
    boolean password = word.cues().contains(DataType.PASSWORD);
    boolean secret = word.cues().contains(DataType.SECRET_VALUE);
    boolean header = word.cues().contains(DataType.AUTHORIZATION);
    if (!password && !secret && !header) {
      return;
    }
    var assignment = Assignment.after(scan, start, end);
    if (assignment == null) {
      return;
    }
    if (header && authorization(assignment)) {
      return;
    }
    var name = name(start, end);
    if (harmless(name)) {
      return;
    }
    var value = assignment.value(scan);
    if (password) {
      if (password(value, assignment, Chars.han(scan.at(start)))) {
        scan.proposeLabelled(
            DataType.PASSWORD, assignment.start(), assignment.end(), Evidence.LABEL);
      }
    } else if (secret && random(value, name, word.text())) {
      scan.proposeLabelled(
          DataType.SECRET_VALUE, assignment.start(), assignment.end(), Evidence.LABEL);
    }
  }

  /** A cell of a column of passwords or secrets. */
  void cell(Columns.Cell cell) {
    var value = scan.substring(cell.start(), cell.end());
    var assignment = new Assignment(cell.start(), cell.end(), true, false);
    if (cell.types().contains(DataType.PASSWORD) && password(value, assignment, true)) {
      scan.proposeLabelled(DataType.PASSWORD, cell.start(), cell.end(), Evidence.COLUMN);
    } else if (cell.types().contains(DataType.SECRET_VALUE) && random(value, "secret", "secret")) {
      scan.proposeLabelled(DataType.SECRET_VALUE, cell.start(), cell.end(), Evidence.COLUMN);
    }
  }

  private boolean authorization(Assignment assignment) {
    int at = assignment.start();
    int end = assignment.end();
    for (var scheme :
        new String[] {
          "Bearer", "Basic", "Token", "Api-Token", "ApiKey", "bearer", "basic", "token"
        }) {
      if (scan.matches(at, scheme) && scan.at(at + scheme.length()) == ' ') {
        at += scheme.length() + 1;
        break;
      }
    }
    int to = at;
    while (to - at < 2_000
        && (Chars.base64Url(scan.at(to)) || "=~@.+/:".indexOf(scan.at(to)) >= 0)
        && scan.at(to) != 0) {
      to++;
    }
    if (to - at < 8 || (to < end && scan.at(to) != ' ' && scan.at(to) != '"')) {
      return false;
    }
    var value = scan.substring(at, to);
    boolean digits = value.chars().anyMatch(c -> Chars.digit((char) c));
    boolean padded = value.endsWith("=");
    if (Placeholders.matches(value) || Entropy.of(value) < 2.75 || !(digits || padded)) {
      return false;
    }
    scan.proposeByRule(
        DataType.AUTHORIZATION, at, to, DataType.AUTHORIZATION.format(), "authorization-header");
    return true;
  }

  private static boolean password(String value, Assignment assignment, boolean chinese) {
    int length = value.length();
    if (length < 4 || length > 100 || Placeholders.matches(value) || code(value)) {
      return false;
    }
    int digits = 0;
    int letters = 0;
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= 0x80 || c == ' ') {
        return false;
      }
      digits += Chars.digit(c) ? 1 : 0;
      letters += Chars.letter(c) ? 1 : 0;
    }
    int others = length - digits - letters;
    if (letters == length || (others == length)) {
      return chinese && letters == length && length >= 6 && !assignment.prose();
    }
    if (digits == length) {
      return (chinese || assignment.quoted()) && length >= 4 && length <= 16;
    }
    boolean name = others > 0 && digits == 0 && value.matches("[A-Za-z]+([./_-][A-Za-z]+)+[.,:]?");
    boolean number = value.matches("-?[0-9.]+[fFdDlL%]?|0[xX][0-9a-fA-F]+");
    boolean numbered = value.toLowerCase(Locale.ROOT).matches("pass(word)?\\d{0,2}");
    return !name && !number && !numbered && (digits > 0 || others > 0);
  }

  /** Tells whether the value is made by chance: long enough, mixed, and no words of a language. */
  private static boolean random(String value, String name, String word) {
    int length = value.length();
    boolean weak =
        word.equals("key")
            || word.equals("auth")
            || word.equals("token")
            || word.equals("credentials")
            || word.equals("credential");
    if (length < (weak ? 16 : 10) || length > 250 || Placeholders.matches(value) || code(value)) {
      return false;
    }
    boolean digit = false;
    boolean letter = false;
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (!(Chars.base64(c) || "_-.=~!@#%^*".indexOf(c) >= 0)) {
        return false;
      }
      digit |= Chars.digit(c);
      letter |= Chars.letter(c);
    }
    boolean identifier = name.endsWith("id") || name.endsWith("ids") || name.endsWith("_id");
    if (!digit || !letter || identifier || (uuid(value) && weak) || words(value) || host(value)) {
      return false;
    }
    return Entropy.of(value) >= (weak ? 3.5 : 3.0);
  }

  /** Words and numbers joined by hyphens, dots or slashes are a name, a version or a host. */
  private static boolean words(String value) {
    int parts = 0;
    int mixed = 0;
    for (var part : value.split("[-_./:=+]", 0)) {
      if (part.isEmpty()) {
        continue;
      }
      parts++;
      boolean letters = part.chars().allMatch(c -> Chars.letter((char) c));
      boolean digits = part.chars().allMatch(c -> Chars.digit((char) c));
      mixed += letters || digits || part.length() <= 3 ? 0 : 1;
    }
    return (parts > 1 && mixed == 0) || camelWords(value);
  }

  /**
   * Whether runs of letters are as long as words: SunTls12KeyMaterial. Chance changes case more.
   */
  private static boolean camelWords(String value) {
    int runs = 0;
    int letters = 0;
    boolean upper = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      char before = i == 0 ? 0 : value.charAt(i - 1);
      if (Chars.letter(c)) {
        letters++;
        upper |= Chars.upper(c) || c == '_';
        boolean acronym =
            i > 1 && Chars.lower(c) && Chars.upper(before) && Chars.upper(value.charAt(i - 2));
        boolean camel = Chars.lower(before) && Chars.upper(c);
        runs += !Chars.letter(before) || camel || acronym ? 1 : 0;
      }
    }
    return upper && letters >= 3.5 * runs && letters >= 0.8 * value.length();
  }

  /** A host has two dots at least and ends in letters. */
  private static boolean host(String value) {
    int last = value.lastIndexOf('.');
    return last > value.indexOf('.')
        && value.length() - last <= 5
        && value.chars().skip(last + 1).allMatch(c -> Chars.lower((char) c));
  }

  private static boolean uuid(String value) {
    return value.length() == 36
        && value.charAt(8) == '-'
        && value.charAt(13) == '-'
        && value.charAt(23) == '-';
  }

  /** Calls, paths, addresses and expressions. */
  private static boolean code(String value) {
    return value.indexOf('(') >= 0
        || value.indexOf('[') >= 0
        || value.startsWith("/")
        || value.startsWith("./")
        || value.startsWith("~/")
        || value.startsWith("--")
        || value.contains("://")
        || value.contains("->")
        || value.contains("::")
        || value.contains("${")
        || value.startsWith("process.env")
        || value.startsWith("os.")
        || value.endsWith(".pem")
        || value.endsWith(".json")
        || value.endsWith(".txt")
        || value.endsWith(".key");
  }

  /** The whole name that the word is part of, lower case. */
  private String name(int start, int end) {
    int from = start;
    while (from > 0
        && start - from < LONGEST_NAME
        && (Chars.base64Url(scan.at(from - 1)) || scan.at(from - 1) == '.')) {
      from--;
    }
    int to = end;
    while (to - end < LONGEST_NAME && Chars.base64Url(scan.at(to))) {
      to++;
    }
    return scan.substring(from, to).toLowerCase(Locale.ROOT);
  }

  private static boolean harmless(String name) {
    for (var part : HARMLESS_NAMES) {
      if (name.contains(part)) {
        return true;
      }
    }
    return false;
  }
}
