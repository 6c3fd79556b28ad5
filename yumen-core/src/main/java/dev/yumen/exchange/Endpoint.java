package dev.yumen.exchange;

/** What a path and method ask for, as far as the gateway treats it in a way of its own. */
public enum Endpoint {
  /** {@code POST /v1/messages}: one answer of a model, whole or as events. */
  MESSAGES("messages"),
  /** {@code POST /v1/messages/count_tokens}. */
  COUNT_TOKENS("count_tokens"),
  /** {@code POST /v1/messages/batches}. */
  BATCH_CREATE("batch_create"),
  /** Any other request for batches whose answer is batch objects: get, list, cancel, delete. */
  BATCHES("batches"),
  /** {@code GET /v1/messages/batches/{id}/results}: JSON lines. */
  BATCH_RESULTS("batch_results"),
  /** {@code GET /v1/models}. */
  MODELS("models"),
  /** {@code GET /v1/models/{id}}. */
  MODEL("model"),
  /** {@code /v1/files…}: bodies up to 500 MB pass without being held. */
  FILES("files"),
  /** {@code POST /v1/complete}: the older text completions. */
  COMPLETE("complete"),
  /** {@code POST /v1/chat/completions}: a provider's own OpenAI-compatible layer. */
  CHAT_COMPLETIONS("chat_completions"),
  /** Every other path below {@code /v1/}: passed through as it is. */
  OTHER("other");

  private final String label;

  Endpoint(String label) {
    this.label = label;
  }

  /** The name used in logs, metrics and settings. */
  public String label() {
    return label;
  }
}
