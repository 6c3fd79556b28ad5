package dev.yumen.privacy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells which conversation a request goes on with. The gateway keeps nothing between requests, so
 * the request must tell: by a session that the client names, else by how the conversation began,
 * which clients send again with every turn.
 */
public final class Conversation {
  private static final HexFormat HEX = HexFormat.of();

  private Conversation() {}

  /**
   * The conversation's identity: the same for every turn, another for every other caller. It holds
   * no words, only a digest of them.
   *
   * @param credential the caller's credential, by its public name
   * @param session what the client calls the session, for instance in {@code
   *     x-claude-code-session-id}; null when it does not say. Then the identity follows from {@code
   *     metadata.user_id} and the first message.
   * @param leaves the texts of the request
   */
  public static String identity(String credential, @Nullable String session, List<Leaf> leaves) {
    MessageDigest digest = sha256();
    add(digest, credential);
    if (session != null && !session.isEmpty()) {
      add(digest, "session");
      add(digest, session);
    } else {
      add(digest, "opening");
      for (Leaf leaf : leaves) {
        if (leaf.place() == Place.METADATA || leaf.message() == 0) {
          add(digest, leaf.place() == Place.METADATA ? "user" : "text");
          add(digest, leaf.text());
        }
      }
    }
    return HEX.formatHex(digest.digest());
  }

  /** The length comes first, so that no two lists of texts are the same bytes. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int shift = 24; shift >= 0; shift -= 8) {
      digest.update((byte) (bytes.length >> shift));
    }
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
