package dev.yumen.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What differs when a file was written or replaced.
 *
 * @param modified when it was last written
 * @param size its length in bytes
 * @param key the inode where there is one
 */
public record FileStamp(FileTime modified, long size, @Nullable Object key) {
  private static final FileStamp NO_FILE = new FileStamp(FileTime.fromMillis(0), -1, null);

  /** Looks at the file, and through links at what they point to. A missing file has a stamp too. */
  public static FileStamp of(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileStamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException e) {
      return NO_FILE;
    }
  }
}
