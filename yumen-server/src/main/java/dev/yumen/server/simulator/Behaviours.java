package dev.yumen.server.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Models whose name says what they do: {@code sim-} and one or more behaviours joined with {@code
 * +}, each with its argument after a hyphen. They are applied from left to right. {@code claude-}
 * may stand before the name.
 */
final class Behaviours {
  /** All there are, in the order of the reference. */
  static final List<Behaviour> ALL =
      Stream.concat(ContentBehaviours.ALL.stream(), FaultBehaviours.ALL.stream()).toList();

  private static final List<Behaviour> LONGEST_FIRST =
      ALL.stream()
          .sorted(Comparator.comparingInt((Behaviour one) -> one.name().length()).reversed())
          .toList();

  private static final String PREFIX = "sim-";
  private static final String VENDOR = "claude-";

  private Behaviours() {}

  /** Whether the model's name asks for behaviours, well or badly. */
  static boolean areAskedBy(String model) {
    return withoutVendor(model).startsWith(PREFIX);
  }

  /**
   * Adds what the model's name asks for.
   *
   * @throws IllegalArgumentException when it asks for what there is not; the message says what
   */
  static void apply(String model, Draft draft, Situation situation) {
    applyParts(parts(model), draft, situation);
  }

  /**
   * Tries the behaviours on nothing.
   *
   * @throws IllegalArgumentException as applying them would
   */
  static void check(String parts) {
    var nobody = new MessageRequest(Json.object());
    applyParts(parts, new Draft(), new Situation(nobody, new Attempts(), new Ids(() -> 0)));
  }

  /** Whether the model's name asks for behaviours that there are. */
  static boolean know(String model) {
    if (!areAskedBy(model)) {
      return false;
    }
    try {
      check(parts(model));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The same as for a model with the behaviours alone, as a script names them. */
  static void applyParts(String parts, Draft draft, Situation situation) {
    for (String part : parts.split("\\+", -1)) {
      Behaviour behaviour =
          find(part)
              .orElseThrow(() -> new IllegalArgumentException("there is no behaviour " + part));
      String argument = part.substring(Math.min(part.length(), behaviour.name().length() + 1));
      if (!argument.isEmpty() && behaviour.argument().isEmpty()) {
        throw new IllegalArgumentException("there is no behaviour " + part);
      }
      try {
        behaviour.effect().apply(draft, new Behaviour.Argument(argument), situation);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(behaviour.form() + ": " + e.getMessage(), e);
      }
    }
  }

  private static Optional<Behaviour> find(String part) {
    return LONGEST_FIRST.stream()
        .filter(one -> part.equals(one.name()) || part.startsWith(one.name() + "-"))
        .findFirst();
  }

  private static String parts(String model) {
    return withoutVendor(model).substring(PREFIX.length());
  }

  private static String withoutVendor(String model) {
    return model.startsWith(VENDOR) ? model.substring(VENDOR.length()) : model;
  }
}
