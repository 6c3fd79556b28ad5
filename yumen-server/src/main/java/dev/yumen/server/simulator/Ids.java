package dev.yumen.server.simulator;

import java.util.random.RandomGenerator;

/** Names in the provider's form, for instance {@code msg_01…}. */
final class Ids {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  private final RandomGenerator random;

  Ids(RandomGenerator random) {
    this.random = random;
  }

  String request() {
    return next("req_011C", 20);
  }

  String message() {
    return next("msg_01", 22);
  }

  String toolUse() {
    return next("toolu_01", 22);
  }

  String serverToolUse() {
    return next("srvtoolu_01", 22);
  }

  String batch() {
    return next("msgbatch_01", 22);
  }

  String file() {
    return next("file_011C", 20);
  }

  String completion() {
    return next("compl_01", 22);
  }

  private String next(String prefix, int length) {
    var id = new StringBuilder(prefix);
    for (int i = 0; i < length; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
