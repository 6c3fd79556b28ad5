package dev.yumen.authentication;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key at the one moment when its secret is known.
 *
 * @param key what is stored
 * @param text what the holder gets and nobody else keeps
 */
public record NewKey(Key key, KeyText text) {

  /**
   * Makes a key.
   *
   * @throws IllegalArgumentException when a field is not as {@link Key} demands
   */
  public static NewKey of(
      String name,
      String tenant,
      List<String> models,
      @Nullable Instant expires,
      Instant now,
      SecureRandom random) {
    var text = KeyText.random(random);
    var hash = SecretHash.of(text.secret(), random);
    return new NewKey(new Key(text.id(), name, tenant, now, expires, null, models, hash), text);
  }
}
