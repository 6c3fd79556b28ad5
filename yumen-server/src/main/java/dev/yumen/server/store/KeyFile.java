package dev.yumen.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.yumen.authentication.Key;
import dev.yumen.authentication.SecretHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file with the keys: JSON, written by {@code yumen keys}, fit to be read and kept under
 * version control by people. It holds no secrets but decides who may ask, so other users of the
 * machine must be able neither to read nor to write it. {@code docs/reference/keys.md} describes
 * it.
 *
 * <p>A change is written to a new file that replaces the old one in one step: who reads sees the
 * old keys or the new ones, whatever dies meanwhile. Writers in any process wait for each other
 * through a lock on {@code <file>.lock}, which stays behind empty.
 *
 * <p>Thread-safe.
 */
public final class KeyFile {
  private static final int VERSION = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(Include.NON_NULL))
          .build();

  /** A lock on a file is held by the process, so threads need one of their own. */
  private static final ReentrantLock WRITERS = new ReentrantLock();

  private final Path path;

  /** Names the file; nothing is read yet. */
  public KeyFile(Path path) {
    this.path = path;
  }

  /** Where the file is. */
  public Path path() {
    return path;
  }

  /**
   * Reads all keys, in the order of the file.
   *
   * @throws NoSuchFileException when there is no file
   * @throws IOException when it cannot be read, is open to other users of the machine, or is
   *     damaged; the message is a sentence for the operator with the path, and the line when there
   *     is one
   */
  public List<Key> read() throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(
          path + " does not exist; `yumen keys create` makes it with the first key");
    }
    refuseWhenOpenToOthers();
    try {
      var content = JSON.readValue(Files.readAllBytes(path), Content.class);
      if (content == null) {
        throw new IOException(path + " holds null in place of keys");
      }
      return content.keys().stream().map(StoredKey::key).toList();
    } catch (JacksonException e) {
      throw new IOException(path + ", " + explain(e), e);
    } catch (FileSystemException e) {
      throw new IOException(path + " cannot be read: " + reason(e), e);
    }
  }

  /**
   * Replaces the keys by what the change makes of them; a missing file counts as one without keys.
   * The change is on the disk when this returns.
   *
   * @throws IOException when the file cannot be read or written; it is then as it was
   */
  public void change(UnaryOperator<List<Key>> change) throws IOException {
    WRITERS.lock();
    try {
      // A link is followed, so that what it points to is replaced and not the link.
      var target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      var lock = target.resolveSibling(target.getFileName() + ".lock");
      try (var channel = FileChannel.open(lock, CREATE, WRITE);
          var _ = channel.lock()) {
        var before = Files.exists(target) ? read() : List.<Key>of();
        replace(target, change.apply(before));
      }
    } catch (FileSystemException e) {
      throw new IOException(path + " cannot be written: " + reason(e), e);
    } finally {
      WRITERS.unlock();
    }
  }

  private static void replace(Path target, List<Key> keys) throws IOException {
    var directory = Objects.requireNonNull(target.getParent(), "an absolute path to a file");
    var content = new Content(VERSION, keys.stream().map(StoredKey::of).toList());
    var bytes = (JSON.writeValueAsString(content) + "\n").getBytes(UTF_8);
    // Created with mode 0600 on POSIX.
    var temporary = Files.createTempFile(directory, "." + target.getFileName(), ".new");
    try {
      try (var channel = FileChannel.open(temporary, WRITE)) {
        var rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      keepOwnership(target, temporary);
      Files.move(temporary, target, ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    if (posix(directory) != null) {
      try (var channel = FileChannel.open(directory, READ)) {
        channel.force(true);
      }
    }
  }

  /** The gateway often runs as another user than the operator and must still be able to read. */
  private static void keepOwnership(Path from, Path to) throws IOException {
    var old = posix(from);
    var young = posix(to);
    if (old == null || young == null || !Files.exists(from)) {
      return;
    }
    var before = old.readAttributes();
    var now = young.readAttributes();
    if (!before.owner().equals(now.owner())) {
      young.setOwner(before.owner());
    }
    if (!before.group().equals(now.group())) {
      young.setGroup(before.group());
    }
    young.setPermissions(before.permissions());
  }

  private void refuseWhenOpenToOthers() throws IOException {
    var view = posix(path);
    if (view == null) {
      return;
    }
    var permissions = view.readAttributes().permissions();
    if (permissions.contains(PosixFilePermission.OTHERS_READ)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException(
          path
              + " is open to every user of this machine ("
              + PosixFilePermissions.toString(permissions)
              + "); run `chmod 600 "
              + path
              + "`");
    }
  }

  private static @Nullable PosixFileAttributeView posix(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class);
  }

  /** Says what is wrong in the words of the file; Jackson's own name classes and settings. */
  private static String explain(JacksonException e) {
    var location = e.getLocation();
    var line = location == null ? "" : "line " + location.getLineNr() + ": ";
    return line
        + switch (e) {
          case JacksonException _ when e.getCause() instanceof IllegalArgumentException wrong ->
              wrong.getMessage();
          case UnrecognizedPropertyException unknown ->
              unknown.getPropertyName() + " is not a field of a key file";
          case MismatchedInputException mismatch ->
              mismatch.getPath().stream()
                      .map(JacksonException.Reference::getPropertyName)
                      .filter(Objects::nonNull)
                      .reduce("the file", (_, name) -> name)
                  + " has a wrong form";
          default -> e.getOriginalMessage().replaceFirst(" \\(.*", "");
        };
  }

  private static String reason(FileSystemException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "the directory does not exist";
      default -> Objects.requireNonNullElse(e.getReason(), "the file system gives no reason");
    };
  }

  private static void require(String field, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
  }

  private record Content(@Nullable Integer version, List<StoredKey> keys) {
    Content {
      require("version", version);
      if (!Integer.valueOf(VERSION).equals(version)) {
        throw new IllegalArgumentException(
            "version is " + version + ", but this Yumen knows only version " + VERSION);
      }
      require("keys", keys);
      var ids = new HashSet<String>();
      for (var key : keys) {
        require("a key", key);
        if (!ids.add(key.id)) {
          throw new IllegalArgumentException("two keys have the id " + key.id);
        }
      }
    }
  }

  private record StoredKey(
      String id,
      String name,
      String tenant,
      Instant created,
      @Nullable Instant expires,
      @Nullable Instant revoked,
      List<String> models,
      String hash) {

    StoredKey {
      require("id", id);
      require("name", name);
      require("tenant", tenant);
      require("created", created);
      require("models", models);
      models.forEach(model -> require("a model", model));
      require("hash", hash);
      // A field out of range shows here, where the line is known.
      var _ = new Key(id, name, tenant, created, expires, revoked, models, SecretHash.parse(hash));
    }

    static StoredKey of(Key key) {
      return new StoredKey(
          key.id(),
          key.name(),
          key.tenant(),
          key.created(),
          key.expires(),
          key.revoked(),
          key.models(),
          key.hash().toString());
    }

    Key key() {
      return new Key(id, name, tenant, created, expires, revoked, models, SecretHash.parse(hash));
    }
  }
}
