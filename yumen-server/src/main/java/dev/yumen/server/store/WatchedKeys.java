package dev.yumen.server.store;

import dev.yumen.authentication.Key;
import dev.yumen.authentication.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a file, read again when it changes. Whoever wires it calls {@link #refresh} every few
 * seconds; asking for the keys costs one volatile read.
 */
public final class WatchedKeys implements Supplier<Keys> {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedKeys.class);

  private final KeyFile file;
  private final List<Key> always;
  private final SecureRandom random;
  private FileStamp seen;
  private volatile Keys keys;

  /**
   * Reads the file.
   *
   * @param always keys that are in force whatever the file says; with at least one of them the file
   *     need not exist
   * @throws IOException when the file cannot be used; see {@link KeyFile#read}
   */
  public WatchedKeys(KeyFile file, List<Key> always, SecureRandom random) throws IOException {
    this.file = file;
    this.always = List.copyOf(always);
    this.random = random;
    // The stamp is taken first: a change during the read is then seen by the next refresh.
    this.seen = FileStamp.of(file.path());
    this.keys =
        !always.isEmpty() && Files.notExists(file.path()) ? new Keys(always, random) : read();
  }

  @Override
  public Keys get() {
    return keys;
  }

  /**
   * Reads the file again if it changed since. When it is damaged or gone, the keys stay as they are
   * and a warning is logged, once per change. Never throws for reasons of the file.
   *
   * @return whether the keys were replaced
   */
  public synchronized boolean refresh() {
    var now = FileStamp.of(file.path());
    if (now.equals(seen)) {
      return false;
    }
    seen = now;
    try {
      keys = read();
      LOG.info("{} changed: {} keys are in force", file.path(), keys.size());
      return true;
    } catch (IOException e) {
      LOG.warn("The keys stay as they were: {}", e.getMessage());
      return false;
    }
  }

  private Keys read() throws IOException {
    var all = new ArrayList<>(always);
    all.addAll(file.read());
    return new Keys(all, random);
  }
}
