package dev.yumen.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Whatever the bytes, the scanner and Jackson see the same. */
class JsonFuzzTest {

  @FuzzTest(maxDuration = "1m")
  void the_scanner_and_jackson_see_the_same(byte[] document) {
    var ours = JsonScannerTest.scan(document);
    var jackson = JsonScannerTest.jackson(document);

    // Jackson does not take half surrogate pairs in names.
    String text = new String(document, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    if (jackson != null || !text.contains("\\ud")) {
      assertThat(ours).isEqualTo(jackson);
    }
  }
}
