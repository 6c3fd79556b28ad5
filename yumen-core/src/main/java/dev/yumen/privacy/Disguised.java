package dev.yumen.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request body as it may leave, and what its answer needs. Belongs to one exchange.
 *
 * @param body the bytes to send; the very array that came when nothing was replaced
 * @param pseudonyms those issued
 * @param documents for each document whose text was replaced in part, by its number, how places
 *     correspond
 */
public record Disguised(byte[] body, Pseudonyms pseudonyms, Map<Integer, OffsetMap> documents) {

  /**
   * Disguises one question.
   *
   * @param leaves its texts, see {@link PromptLeaves#of}
   * @param spans what was found in each text, in the same order
   * @param pseudonyms the conversation's; those issued are put into it
   */
  public static Disguised of(
      byte[] body, List<Leaf> leaves, List<List<Span>> spans, Pseudonyms pseudonyms) {
    var disguise = new Disguise(pseudonyms);
    // Messages grow at their end, and all else stands before them in a prompt, wherever in the
    // body.
    for (boolean inMessages : new boolean[] {false, true}) {
      for (int i = 0; i < leaves.size(); i++) {
        if (leaves.get(i).message() >= 0 == inMessages) {
          disguise.learn(leaves.get(i).text(), spans.get(i));
        }
      }
    }
    String[] texts = new String[leaves.size()];
    var documents = new TreeMap<Integer, OffsetMap>();
    for (boolean inMessages : new boolean[] {false, true}) {
      for (int i = 0; i < texts.length; i++) {
        Leaf leaf = leaves.get(i);
        if (leaf.message() >= 0 == inMessages) {
          texts[i] = disguise.apply(leaf.text(), spans.get(i));
          if (leaf.document() >= 0 && !texts[i].equals(leaf.text())) {
            documents.put(leaf.document(), disguise.offsets(leaf.text(), spans.get(i)));
          }
        }
      }
    }
    byte[] replaced = PromptLeaves.replaced(body, leaves, new ArrayList<>(Arrays.asList(texts)));
    return new Disguised(replaced, pseudonyms, documents);
  }

  /** Prints no words. */
  @Override
  public String toString() {
    return "Disguised[" + body.length + " bytes, " + pseudonyms + "]";
  }
}
