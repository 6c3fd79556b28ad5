package dev.yumen.server.store;

import dev.yumen.authentication.Key;
import dev.yumen.authentication.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
  private @Nullable Stamp seen;
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
    this.seen = stamp();
    this.keys = seen == null && !always.isEmpty() ? new Keys(always, random) : read();
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
    var now = stamp();
    if (Objects.equals(now, seen)) {
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

  private @Nullable Stamp stamp() {
    try {
      var attributes = Files.readAttributes(file.path(), BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException e) {
      return null;
    }
  }

  /** What differs when a file was written or replaced; the key is the inode where there is one. */
  private record Stamp(FileTime modified, long size, @Nullable Object key) {}
}
