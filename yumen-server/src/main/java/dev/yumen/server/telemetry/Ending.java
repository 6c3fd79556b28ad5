package dev.yumen.server.telemetry;

import dev.yumen.audit.Entry.Outcome;

/** How an exchange ended, in one word for logs, metrics and traces. */
enum Ending {
  /** The answer came whole. */
  COMPLETE("complete"),
  /** The caller hung up while the answer flowed. */
  CALLER("caller"),
  /** The provider broke the answer off. */
  PROVIDER("provider"),
  /** The gateway shut down while the answer flowed. */
  GATEWAY("gateway"),
  /** The gateway refused. */
  REFUSED("refused"),
  /** The caller hung up before anything was answered. */
  ABANDONED("abandoned");

  private final String label;

  Ending(String label) {
    this.label = label;
  }

  /** The word. */
  String label() {
    return label;
  }

  static Ending of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered(var delivery) ->
          switch (delivery.ending()) {
            case COMPLETE -> COMPLETE;
            case CALLER -> CALLER;
            case PROVIDER -> PROVIDER;
            case GATEWAY -> GATEWAY;
          };
      case Outcome.Refused _ -> REFUSED;
      case Outcome.Abandoned _ -> ABANDONED;
    };
  }
}
