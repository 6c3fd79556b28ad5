package dev.yumen.privacy;

import dev.yumen.json.JsonScanner;
import dev.yumen.json.JsonScanner.Token;
import dev.yumen.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Maps the places that citations of kind {@code char_location} name: the provider counts the
 * characters of the document it saw, the caller those of the document it sent. Citations by page or
 * block are the same for both.
 */
final class Citations {
  private Citations() {}

  /** Puts the edits for every citation in bytes from..to among the others. */
  static void map(byte[] bytes, int from, int to, Map<Integer, OffsetMap> documents, Edits edits)
      throws MalformedJson {
    if (documents.isEmpty()) {
      return;
    }
    var scan = new JsonScanner(bytes, from, to);
    value(scan, scan.next(), documents, edits);
  }

  private static void value(
      JsonScanner scan, Token first, Map<Integer, OffsetMap> documents, Edits edits)
      throws MalformedJson {
    if (first == Token.ARRAY) {
      for (Token item = scan.next(); item != Token.ARRAY_END; item = scan.next()) {
        value(scan, item, documents, edits);
      }
    } else if (first == Token.OBJECT) {
      var citation = new Citation();
      while (scan.next() == Token.KEY) {
        String name = scan.text();
        Token value = scan.next();
        citation.member(scan, name, value);
        value(scan, value, documents, edits);
      }
      citation.map(documents, edits);
    }
  }

  /** A number and where it stands. */
  private record Numeral(long value, int from, int to) {}

  private static final class Citation {
    private boolean byCharacter;
    private @Nullable Numeral document;
    private @Nullable Numeral start;
    private @Nullable Numeral end;

    void member(JsonScanner scan, String name, Token value) throws MalformedJson {
      if (value == Token.STRING && name.equals("type")) {
        byCharacter = scan.is("char_location");
      } else if (value == Token.NUMBER) {
        var number = new Numeral(scan.whole(), scan.from(), scan.to());
        switch (name) {
          case "document_index" -> document = number;
          case "start_char_index" -> start = number;
          case "end_char_index" -> end = number;
          default -> {}
        }
      }
    }

    void map(Map<Integer, OffsetMap> documents, Edits edits) {
      if (!byCharacter || document == null || start == null || end == null) {
        return;
      }
      OffsetMap offsets = documents.get((int) document.value);
      if (offsets != null) {
        put(start, offsets.start(unit(start)), edits);
        put(end, offsets.end(unit(end)), edits);
      }
    }

    private static int unit(Numeral number) {
      return (int) Math.min(number.value, Integer.MAX_VALUE);
    }

    private static void put(Numeral number, int mapped, Edits edits) {
      if (number.value != mapped) {
        edits.add(
            number.from, number.to, Integer.toString(mapped).getBytes(StandardCharsets.US_ASCII));
      }
    }
  }
}
