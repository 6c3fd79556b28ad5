package dev.yumen.exchange;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What is asked: the request as it came, with the marks the gateway needs. Nothing is re-modelled,
 * so unknown fields, headers and betas survive. Constructed only in {@code dev.yumen.dialect}.
 *
 * @param endpoint what the path asks for
 * @param method the HTTP method
 * @param target path and query for the provider, as sent
 * @param headers the caller's header fields, credentials included
 * @param content the body
 * @param models the models named in the body or path, those first that are asked first; empty only
 *     when the endpoint names none
 * @param streaming whether the caller asked for events: {@code "stream": true} in the body,
 *     whatever {@code Accept} says
 */
public record Prompt(
    Endpoint endpoint,
    String method,
    String target,
    Headers headers,
    Content content,
    Set<String> models,
    boolean streaming) {

  /** Copies the set and keeps its order. */
  public Prompt {
    models = Collections.unmodifiableSet(new LinkedHashSet<>(models));
  }

  /** Returns the same without the body, for what lives longer than the asking. */
  public Prompt withoutContent() {
    return new Prompt(endpoint, method, target, headers, new Content.None(), models, streaming);
  }

  /** Prints neither words nor credentials. */
  @Override
  public String toString() {
    return "Prompt[" + endpoint + ", " + models + "]";
  }

  /** The body of a request. */
  public sealed interface Content {
    /** There is none. */
    record None() implements Content {}

    /** It was read and checked. */
    record Held(byte[] bytes) implements Content {
      @Override
      public String toString() {
        return "Held[" + bytes.length + " bytes]";
      }
    }

    /**
     * It is still on the wire and will flow to the provider without being held; the limit is in
     * bytes.
     */
    record Flowing(Arrival.Body body, long limit) implements Content {}
  }
}
