package dev.yumen.privacy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/** Keys, values and a plain detector for tests. */
final class Sample {
  static final Set<String> NO_HOSTS = Set.of();

  private static final Pattern VALUES =
      Pattern.compile(
          "(?<phone>(?<!\\d)1[3-9]\\d{9}(?!\\d))|(?<email>[a-z.]+@[a-z.]+[a-z])"
              + "|(?<person>张三丰|张三|王小明|Jane Roe|O'Neil \"Bo\"\\\\)");

  private Sample() {}

  static ConversationKey key(String conversation) {
    return ConversationKey.derive(new byte[32], "acme", conversation);
  }

  static Pseudonyms pseudonyms() {
    return new Pseudonyms(key("one"), List.of());
  }

  /** Finds telephone numbers, e-mail addresses and a few names. */
  static List<Span> spans(String text, Action action) {
    var spans = new ArrayList<Span>();
    var matcher = VALUES.matcher(text);
    while (matcher.find()) {
      Label label =
          matcher.group("phone") != null
              ? Label.PHONE
              : matcher.group("email") != null ? Label.EMAIL : Label.PERSON;
      spans.add(new Span(matcher.start(), matcher.end(), label, action));
    }
    return spans;
  }

  static String disguised(String text, Pseudonyms pseudonyms) {
    var disguise = new Disguise(pseudonyms);
    var spans = spans(text, Action.PSEUDONYM);
    disguise.learn(text, spans);
    return disguise.apply(text, spans);
  }

  static String restored(String text, Pseudonyms pseudonyms) {
    var restoration = new Restoration(pseudonyms, Channel.TEXT, NO_HOSTS);
    return restoration.take(text) + restoration.rest();
  }

  /** The text cut at random places and restored piece by piece. */
  static String restoredInPieces(
      String text, Pseudonyms pseudonyms, Channel channel, Random random, int longest) {
    var restoration = new Restoration(pseudonyms, channel, NO_HOSTS);
    var out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int to = Math.min(text.length(), at + 1 + random.nextInt(longest));
      out.append(restoration.take(text.substring(at, to)));
      at = to;
    }
    return out.append(restoration.rest()).toString();
  }

  static Disguised disguisedBody(String body, Pseudonyms pseudonyms) throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    var leaves = PromptLeaves.of(bytes);
    var spans = leaves.stream().map(leaf -> spans(leaf.text(), Action.PSEUDONYM)).toList();
    return Disguised.of(bytes, leaves, spans, pseudonyms);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
