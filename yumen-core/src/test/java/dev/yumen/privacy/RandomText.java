package dev.yumen.privacy;

import java.util.List;
import java.util.Random;

/** Makes texts out of values, pseudonyms, what looks like one, and everything that adjoins them. */
final class RandomText {
  private static final String[] PIECES = {
    "13800138000",
    "13912345678",
    "张三",
    "王小明",
    "jane@example.com",
    "Jane Roe",
    "请联系",
    "PERSON_",
    "PERSON",
    "person ",
    "EMAIL\\_",
    "PHONE-",
    "LIT_",
    "_",
    "\\",
    "\\\\",
    "**",
    "`",
    " ",
    "\n",
    "7K2",
    "7K2QM",
    "A1B2C3D4",
    "abc",
    "&#95;",
    "&#9",
    "ＰＥＲＳＯＮ",
    "🙂",
    "\ud83d",
    "\ude00",
    "é",
    "https://example.org/?q=",
    "![x](",
    ")",
    "\"",
    "{\"a\":\"",
    "P",
    "PE",
    "CARD"
  };

  private static final List<Label> LABELS = List.of(Label.values());

  private RandomText() {}

  /**
   * Makes one.
   *
   * @param live a pseudonym of the conversation, to be quoted and damaged
   */
  static String of(Random random, String live) {
    var text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      switch (random.nextInt(8)) {
        case 0 -> text.append(live);
        case 1 -> text.append(live, 0, random.nextInt(live.length()));
        case 2 -> text.append(live, random.nextInt(live.length()), live.length());
        case 3 -> text.append(sound(random));
        default -> text.append(PIECES[random.nextInt(PIECES.length)]);
      }
    }
    return text.toString();
  }

  /** Something of the form of a pseudonym that was never issued, perhaps badly written. */
  static String sound(Random random) {
    long code;
    do {
      code = TokenForm.checked(random.nextLong() >>> 29);
    } while (!TokenForm.sound(code));
    Label label = LABELS.get(random.nextInt(LABELS.size()));
    String text = TokenForm.write(label, code);
    return switch (random.nextInt(5)) {
      case 0 -> text.toLowerCase(java.util.Locale.ROOT);
      case 1 -> text.replace("_", " ");
      case 2 -> text.replace("_", "\\_");
      case 3 -> "人员" + text.substring(text.indexOf('_'));
      default -> text;
    };
  }
}
