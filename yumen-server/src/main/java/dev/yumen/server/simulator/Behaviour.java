package dev.yumen.server.simulator;

import java.time.Duration;

/**
 * Something a model can be asked to do by its name.
 *
 * @param name the part of the model's name
 * @param argument what may follow it, for people, for instance {@code -N}; empty for nothing
 * @param example a model id that uses it
 * @param effect what it does
 */
record Behaviour(String name, String argument, String example, Effect effect) {

  /** How a behaviour is written, for people. */
  String form() {
    return "sim-" + name + argument;
  }

  /** What a behaviour does. */
  interface Effect {
    /**
     * Adds to the answer.
     *
     * @throws IllegalArgumentException when the argument makes no sense; the message says why
     */
    void apply(Draft draft, Argument argument, Situation situation);
  }

  /** What follows a behaviour's name, after the hyphen; empty when nothing does. */
  record Argument(String text) {
    int count(int otherwise, int most) {
      if (text.isEmpty()) {
        return otherwise;
      }
      try {
        int count = Integer.parseInt(text);
        if (count >= 0 && count <= most) {
          return count;
        }
      } catch (NumberFormatException e) {
        // refused below
      }
      throw new IllegalArgumentException("a number from 0 to " + most + " is expected");
    }

    Duration time(Duration otherwise) {
      return text.isEmpty() ? otherwise : Times.parse(text);
    }
  }
}
