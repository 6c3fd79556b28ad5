package dev.yumen.exchange;

import java.util.List;

/**
 * Who is asking: proof that a credential was verified. Constructed only in {@code
 * dev.yumen.authentication}.
 *
 * @param credential the credential's public name: a key's id, or a token's issuer and subject;
 *     never the secret
 * @param name what people call the holder
 * @param tenant the organisation or team the request is counted for
 * @param models the models allowed, as patterns where {@code *} stands for any text; {@code ["*"]}
 *     allows all
 */
public record Caller(String credential, String name, String tenant, List<String> models) {

  /** Copies the list. */
  public Caller {
    models = List.copyOf(models);
  }

  /** Tells whether the caller may ask this model. */
  public boolean mayAsk(String model) {
    return models.stream().anyMatch(pattern -> Pattern.matches(pattern, model));
  }

  /** Tells whether no model is closed to the caller. */
  public boolean mayAskAll() {
    return models.contains("*");
  }
}
