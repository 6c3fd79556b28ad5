package dev.yumen.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * HTTP header fields in the order they came, repeated fields kept as separate lines. Names are
 * compared without regard to case (RFC 9110 section 5.1) and keep their spelling. Immutable.
 */
public final class Headers {
  /** No field at all. */
  public static final Headers NONE = new Headers(new String[0]);

  private static final Set<String> HOP =
      Set.of(
          "connection",
          "http2-settings",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** Name, value, name, value… */
  private final String[] fields;

  private Headers(String[] fields) {
    this.fields = fields;
  }

  /**
   * Returns the fields given as name, value, name, value…
   *
   * @throws IllegalArgumentException when a name lacks its value
   */
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a header name lacks its value");
    }
    return new Headers(namesAndValues.clone());
  }

  /** Returns the first value of the field, or null when it is absent. */
  public @Nullable String first(String name) {
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) {
        return fields[i + 1];
      }
    }
    return null;
  }

  /** Returns every value of the field, in order; empty when it is absent. */
  public List<String> all(String name) {
    List<String> values = null;
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) {
        values = values == null ? new ArrayList<>(2) : values;
        values.add(fields[i + 1]);
      }
    }
    return values == null ? List.of() : Collections.unmodifiableList(values);
  }

  /** Tells whether the field is there. */
  public boolean has(String name) {
    return first(name) != null;
  }

  /** Returns these fields without those whose name the condition accepts. */
  public Headers without(Predicate<String> name) {
    var builder = new Builder(fields.length);
    forEach((field, value) -> {
      if (!name.test(field)) {
        builder.add(field, value);
      }
    });
    return builder.build();
  }

  /**
   * Returns these fields without those that belong to one hop only: the known ones, and those that
   * a {@code Connection} field names (RFC 9110 section 7.6.1).
   */
  public Headers endToEnd() {
    var named = new HashSet<String>();
    for (String line : all("connection")) {
      for (String name : line.split(",", -1)) {
        named.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return without(name -> {
      String lower = name.toLowerCase(Locale.ROOT);
      return HOP.contains(lower) || named.contains(lower);
    });
  }

  /** Returns these fields with one more line at the end; lines of the same name stay. */
  public Headers and(String name, String value) {
    return new Builder(fields.length + 2).addAll(this).add(name, value).build();
  }

  /** Returns these fields with all lines of the other at the end. */
  public Headers and(Headers other) {
    return new Builder(fields.length + other.fields.length).addAll(this).addAll(other).build();
  }

  /** Returns these fields with exactly one line of this name, the given one, at the end. */
  public Headers with(String name, String value) {
    return without(name::equalsIgnoreCase).and(name, value);
  }

  /** Calls the action for each line, in order. */
  public void forEach(BiConsumer<String, String> action) {
    for (int i = 0; i < fields.length; i += 2) {
      action.accept(fields[i], fields[i + 1]);
    }
  }

  /** Returns the number of lines. */
  public int size() {
    return fields.length / 2;
  }

  /** Prints the names only: values may be credentials. */
  @Override
  public String toString() {
    var names = new ArrayList<String>(size());
    forEach((name, _) -> names.add(name));
    return names.toString();
  }

  /** Collects fields line by line. Not thread-safe. */
  public static final class Builder {
    private String[] fields;
    private int length;

    /** Starts empty, with room for some fields. */
    public Builder() {
      this(32);
    }

    private Builder(int room) {
      fields = new String[Math.max(room, 2)];
    }

    /** Adds one line at the end. */
    public Builder add(String name, String value) {
      if (length + 2 > fields.length) {
        fields = Arrays.copyOf(fields, fields.length * 2);
      }
      fields[length++] = name;
      fields[length++] = value;
      return this;
    }

    /** Adds all lines of the other at the end. */
    public Builder addAll(Headers other) {
      other.forEach(this::add);
      return this;
    }

    /** Returns what was collected. */
    public Headers build() {
      return length == 0 ? NONE : new Headers(Arrays.copyOf(fields, length));
    }
  }
}
