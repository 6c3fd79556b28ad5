package dev.yumen.authentication;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key as it is stored: everything but the secret.
 *
 * @param id the public part of the key, unique; see {@link KeyText}
 * @param name what people call the holder; 1 to 100 characters
 * @param tenant the organisation or team the requests are counted for; 1 to 100 characters
 * @param created when it was made
 * @param expires from when it is no longer taken; null for never
 * @param revoked since when it is withdrawn; null when it is not
 * @param models patterns of the models it may ask, at least one; {@code *} stands for any text
 * @param hash what is kept of the secret
 */
public record Key(
    String id,
    String name,
    String tenant,
    Instant created,
    @Nullable Instant expires,
    @Nullable Instant revoked,
    List<String> models,
    SecretHash hash) {
  private static final int LONGEST_NAME = 100;

  /**
   * Checks the texts and copies the list.
   *
   * @throws IllegalArgumentException when a text is empty, too long or holds control characters, or
   *     when no model is allowed
   */
  public Key {
    if (!KeyText.isId(id)) {
      throw new IllegalArgumentException(
          "id must be 12 digits or lower-case letters without i, l, o and u");
    }
    requireText("name", name);
    requireText("tenant", tenant);
    if (models.isEmpty()) {
      throw new IllegalArgumentException("models must hold at least one pattern; * allows all");
    }
    models.forEach(model -> requireText("model", model));
    models = List.copyOf(models);
  }

  /** Returns the key as withdrawn at this time. */
  public Key revoked(Instant now) {
    return new Key(id, name, tenant, created, expires, now, models, hash);
  }

  /** Tells whether the key is past its time. */
  public boolean expired(Instant now) {
    return expires != null && !now.isBefore(expires);
  }

  private static void requireText(String what, String text) {
    if (text.isBlank()
        || text.length() > LONGEST_NAME
        || text.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          what + " must be 1 to 100 characters without control characters");
    }
  }
}
