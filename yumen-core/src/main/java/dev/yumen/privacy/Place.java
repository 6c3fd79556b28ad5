package dev.yumen.privacy;

/** Where in a request or answer a text stands, so that a policy can treat places differently. */
public enum Place {
  /** The system prompt, or a message of the system. */
  SYSTEM,
  /** Words of the user. */
  USER,
  /** Words of the model. */
  ASSISTANT,
  /** What a tool that the caller runs is called with. */
  TOOL_INPUT,
  /** What such a tool returned. */
  TOOL_RESULT,
  /** What a tool is for and takes. */
  TOOL_DEFINITION,
  /** A document or search result that the caller attached. */
  DOCUMENT,
  /** The address of something that the provider is to fetch. */
  LINK,
  /** Calls and results of tools that the provider runs; it has seen them. */
  PROVIDER,
  /** {@code metadata}: the end user's id. */
  METADATA,
  /** Everywhere else, unknown members included. */
  OTHER
}
