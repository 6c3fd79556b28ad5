package dev.yumen.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yumen.json.JsonScanner.Token;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** JSON as RFC 8259 has it, compared with Jackson wherever both must agree. */
class JsonScannerTest {
  private static final JsonFactory JACKSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(512)
                  .maxNumberLength(1 << 20)
                  .maxNameLength(1 << 20)
                  .build())
          .build();

  /** A token, where it lies, and what a key, string or number says. */
  record Found(String token, int from, int to, String text) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "[[],{}]",
        "true",
        "false",
        "null",
        "0",
        "-0",
        "1",
        "-1.5e+3",
        "1E-2",
        "\"\"",
        " [ 1 , 2 ] ",
        "\t{\n\"a\"\r:\n1}\n",
        "{\"a\":{\"b\":[1,\"two\",null]}}",
        "\"\\u0000\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u00E9\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"\\ude00\\ud83d\"",
        "\"é流🙂\"",
        "\"\u007f\u0080\u2028\"",
        "123456789012345678901234567890",
        "1e999999999999",
        "0.00000000000000000000001",
        "{\"\":\"\"}",
        "{\"a\":1,\"a\":2}",
        "\"exactly8\"",
        "\"1234567\"",
        "\"123456789\"",
        "[0.1e1,-0.0]"
      })
  void what_json_allows_is_read_as_jackson_reads_it(String document) {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);

    assertThat(scan(bytes)).isNotNull().isEqualTo(jackson(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "}",
        "]",
        "{]",
        "[}",
        "[1,]",
        "{\"a\":1,}",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{'a':1}",
        "{1:1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\" 1}",
        "[1:2]",
        "01",
        "-",
        "+1",
        "1.",
        ".5",
        "1e",
        "1e+",
        "-01",
        "0x1",
        "NaN",
        "Infinity",
        "-Infinity",
        "tru",
        "truee",
        "True",
        "nul",
        "fals",
        "\"",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\U0041\"",
        "\"\n\"",
        "\"\t\"",
        "\"\u0000\"",
        "\"\u001f\"",
        "{} {}",
        "[] x",
        "1 2",
        "// c\n1",
        "/* c */ 1",
        "[1]//",
        "\"a\"b",
        "\u00a01",
        "\ufeff{}",
        "[\"a\",\n4,\n1,",
        "{\"a\":true,\"b\"",
        "[1,,2]",
        "::",
        "\"\\",
        "\"\\u",
        "[\u000b1]",
        "[\u000c1]",
        "1\u0000"
      })
  void what_json_forbids_is_refused(String document) {
    assertThat(scan(document.getBytes(StandardCharsets.UTF_8))).isNull();
  }

  @Test
  void utf_8_must_be_sound() {
    String[] wrong = {
      "80",
      "bf",
      "c0 80",
      "c1 bf",
      "c3",
      "c3 28",
      "e0 80 80",
      "e0 9f bf",
      "e2 82",
      "e2 28 a1",
      "ed a0 80",
      "ed bf bf",
      "f0 80 80 80",
      "f0 8f bf bf",
      "f0 9f 98",
      "f4 90 80 80",
      "f5 80 80 80",
      "fe",
      "ff",
      "e2 82 28",
      "f0 9f 28 80",
      "f0 9f 98 28"
    };
    for (String hex : wrong) {
      for (String around : new String[] {"", "padding that fills whole words of eight bytes"}) {
        byte[] document = quoted(around, hex, around);

        assertThat(scan(document)).as(hex).isNull();
      }
    }
    for (String hex :
        new String[] {
          "c2 80",
          "e0 a0 80",
          "ed 9f bf",
          "ee 80 80",
          "f0 90 80 80",
          "f4 8f bf bf",
          "ef bf bf",
          "ef bb bf"
        }) {
      assertThat(scan(quoted("", hex, ""))).as(hex).isEqualTo(jackson(quoted("", hex, "")));
    }
  }

  @Test
  void nesting_is_bounded() throws MalformedJson {
    assertThat(scan(bytes("[".repeat(512) + "]".repeat(512)))).hasSize(1025);
    assertThat(scan(bytes("[".repeat(513) + "]".repeat(513)))).isNull();
    assertThat(scan(bytes("{\"a\":".repeat(100_000)))).isNull();
    var scanner = new JsonScanner(bytes("[".repeat(1_000_000)));
    for (int i = 0; i < 512; i++) {
      assertThat(scanner.next()).isEqualTo(Token.ARRAY);
    }
    assertThatThrownBy(scanner::next).isInstanceOf(MalformedJson.class).hasMessageContaining("512");
  }

  @Test
  void containers_of_both_kinds_are_told_apart_at_every_depth() {
    var random = new Random(5);
    var open = new StringBuilder();
    var close = new StringBuilder();
    for (int i = 0; i < 512; i++) {
      boolean object = random.nextBoolean();
      open.append(object ? "{\"k\":" : "[");
      close.insert(0, object ? '}' : ']');
    }
    String document = open + "1" + close;

    assertThat(scan(bytes(document))).isEqualTo(jackson(bytes(document)));
    for (int i = 0; i < 512; i += 37) {
      char right = close.charAt(i);
      close.setCharAt(i, right == '}' ? ']' : '}');
      assertThat(scan(bytes(open + "1" + close))).as("wrong at %d", i).isNull();
      close.setCharAt(i, right);
    }
  }

  @Test
  void a_value_is_skipped_whole() throws MalformedJson {
    var scanner = new JsonScanner(bytes("{\"a\":{\"b\":[1,{\"c\":\"]}\"}]},\"d\":2}"));
    assertThat(scanner.next()).isEqualTo(Token.OBJECT);
    assertThat(scanner.next()).isEqualTo(Token.KEY);

    scanner.skip(scanner.next());

    assertThat(scanner.next()).isEqualTo(Token.KEY);
    assertThat(scanner.is("d")).isTrue();
    scanner.skip(scanner.next());
    assertThat(scanner.next()).isEqualTo(Token.OBJECT_END);
    assertThat(scanner.next()).isEqualTo(Token.END);
    assertThat(scanner.next()).isEqualTo(Token.END);
  }

  @Test
  void a_part_of_an_array_is_scanned_without_looking_beyond_it() throws MalformedJson {
    byte[] around = bytes("xx{\"a\":12}34");

    var scanner = new JsonScanner(around, 2, 10);

    for (Token token = scanner.next(); token != Token.END; token = scanner.next()) {
      assertThat(scanner.to()).isLessThanOrEqualTo(10);
    }
    assertThatThrownBy(() -> drain(new JsonScanner(around, 2, 9)))
        .isInstanceOf(MalformedJson.class);
    assertThatThrownBy(() -> drain(new JsonScanner(bytes("\"a\""), 0, 2)))
        .isInstanceOf(MalformedJson.class);
  }

  @Test
  void a_name_is_recognised_however_it_is_written() throws MalformedJson {
    var scanner = new JsonScanner(bytes("{\"mod\\u0065l\":1,\"model\":2,\"models\":3,\"\":4}"));
    var found = new ArrayList<Boolean>();
    for (Token token = scanner.next(); token != Token.END; token = scanner.next()) {
      if (token == Token.KEY) {
        found.add(scanner.is("model"));
      }
    }

    assertThat(found).containsExactly(true, true, false, false);
  }

  @Test
  void whole_numbers_are_read_and_others_count_as_nothing() throws MalformedJson {
    assertThat(whole("0")).isZero();
    assertThat(whole("404500")).isEqualTo(404_500);
    assertThat(whole("922337203685477579")).isEqualTo(922_337_203_685_477_579L);
    assertThat(whole("99999999999999999999999999")).isZero();
    assertThat(whole("-5")).isZero();
    assertThat(whole("1.5")).isZero();
    assertThat(whole("1e3")).isZero();
  }

  @Test
  void the_offset_of_a_fault_is_told() {
    assertThatThrownBy(() -> drain(new JsonScanner(bytes("{\"a\":tru}"))))
        .isInstanceOfSatisfying(MalformedJson.class, e -> assertThat(e.offset()).isEqualTo(5));
  }

  @Test
  void random_documents_are_read_as_jackson_reads_them() {
    var random = new Random(20261124);
    for (int i = 0; i < 5_000; i++) {
      byte[] document = bytes(RandomJson.document(random));

      assertThat(scan(document)).as("document %d", i).isNotNull().isEqualTo(jackson(document));
    }
  }

  @Test
  void damaged_documents_are_taken_and_refused_as_jackson_does() {
    var random = new Random(20261125);
    int refused = 0;
    for (int i = 0; i < 30_000; i++) {
      byte[] document = damaged(bytes(RandomJson.document(random)), random);

      var expected = jackson(document);

      assertThat(scan(document))
          .as(() -> new String(document, StandardCharsets.UTF_8))
          .isEqualTo(expected);
      refused += expected == null ? 1 : 0;
    }
    assertThat(refused).isBetween(5_000, 29_000);
  }

  private static byte[] damaged(byte[] document, Random random) {
    byte[] copy = document.clone();
    for (int n = 1 + random.nextInt(2); n > 0 && copy.length > 0; n--) {
      int at = random.nextInt(copy.length);
      switch (random.nextInt(4)) {
        case 0 -> copy[at] = (byte) random.nextInt(256);
        case 1 -> copy[at] = (byte) "{}[]\",:\\ 019.eE-+tfnu\n".charAt(random.nextInt(22));
        case 2 -> copy = Arrays.copyOf(copy, at);
        default -> {
          byte[] shorter = new byte[copy.length - 1];
          System.arraycopy(copy, 0, shorter, 0, at);
          System.arraycopy(copy, at + 1, shorter, at, shorter.length - at);
          copy = shorter;
        }
      }
    }
    return copy;
  }

  private static void drain(JsonScanner scanner) throws MalformedJson {
    while (scanner.next() != Token.END) {
      scanner.from();
    }
  }

  private static long whole(String number) throws MalformedJson {
    var scanner = new JsonScanner(bytes(number));
    scanner.next();
    return scanner.whole();
  }

  /** All tokens; null when the document is refused. */
  static @Nullable List<Found> scan(byte[] bytes) {
    var found = new ArrayList<Found>();
    try {
      var scanner = new JsonScanner(bytes);
      for (Token token = scanner.next(); token != Token.END; token = scanner.next()) {
        boolean says = token == Token.KEY || token == Token.STRING || token == Token.NUMBER;
        found.add(
            new Found(
                token.name(),
                scanner.from(),
                token == Token.KEY ? -1 : scanner.to(),
                says ? scanner.text() : ""));
        assertThat(scanner.depth()).isBetween(0, 512);
      }
      found.add(new Found("END", -1, -1, ""));
      return found;
    } catch (MalformedJson e) {
      return null;
    }
  }

  /** The same by Jackson; null also where it is laxer than RFC 8259 and UTF-8 allow. */
  static @Nullable List<Found> jackson(byte[] bytes) {
    if (!isUtf8(bytes) || isTakenForAnotherEncoding(bytes)) {
      return null;
    }
    var found = new ArrayList<Found>();
    try (JsonParser parser = JACKSON.createParser(ObjectReadContext.empty(), bytes)) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (depth == 0 && !found.isEmpty()) {
          return null; // Jackson takes several documents in a row
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        String text = parser.getString();
        int from = (int) parser.currentTokenLocation().getByteOffset();
        // After a number at the root Jackson has looked one byte further.
        int to =
            token.isNumeric()
                ? from + text.length()
                : (int) parser.currentLocation().getByteOffset();
        boolean speaks =
            token == JsonToken.PROPERTY_NAME
                || token == JsonToken.VALUE_STRING
                || token.isNumeric();
        found.add(
            new Found(
                name(token), from, token == JsonToken.PROPERTY_NAME ? -1 : to, speaks ? text : ""));
      }
      if (found.isEmpty()) {
        return null;
      }
      found.add(new Found("END", -1, -1, ""));
      return found;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static String name(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "OBJECT";
      case END_OBJECT -> "OBJECT_END";
      case START_ARRAY -> "ARRAY";
      case END_ARRAY -> "ARRAY_END";
      case PROPERTY_NAME -> "KEY";
      case VALUE_STRING -> "STRING";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "NUMBER";
      case VALUE_TRUE -> "TRUE";
      case VALUE_FALSE -> "FALSE";
      case VALUE_NULL -> "NULL";
      default -> throw new IllegalStateException(token.name());
    };
  }

  /** Jackson guesses UTF-16 and UTF-32 and passes over a byte order mark; a body here may not. */
  private static boolean isTakenForAnotherEncoding(byte[] bytes) {
    boolean mark = bytes.length >= 3 && (bytes[0] & 0xff) == 0xef && (bytes[1] & 0xff) == 0xbb;
    boolean zero = false;
    for (int i = 0; i < Math.min(4, bytes.length); i++) {
      zero |= bytes[i] == 0;
    }
    return mark || zero;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static byte[] quoted(String before, String hex, String after) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(bytes("\"" + before));
    for (String one : hex.split(" ", -1)) {
      out.write(Integer.parseInt(one, 16));
    }
    out.writeBytes(bytes(after + "\""));
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
