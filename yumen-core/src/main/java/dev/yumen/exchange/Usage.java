package dev.yumen.exchange;

/**
 * What a model consumed, in tokens, as the provider reported it. Input tokens exclude those written
 * to or read from the provider's cache; all four add up to what was processed.
 */
public record Usage(
    long inputTokens, long outputTokens, long cacheCreationTokens, long cacheReadTokens) {

  /** Nothing consumed, or nothing reported. */
  public static final Usage NONE = new Usage(0, 0, 0, 0);
}
