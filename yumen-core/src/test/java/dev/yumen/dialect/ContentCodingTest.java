package dev.yumen.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed request bodies: decoded within a limit, or refused with the API's own codes. */
class ContentCodingTest {
  private static final byte[] BODY = "{\"model\":\"m\"}".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @ValueSource(strings = {"", "identity", " Identity "})
  void a_plain_body_stays_as_it_is(String coding) throws Refused {
    assertThat(ContentCoding.decode(BODY, coding, 100)).isSameAs(BODY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", " x-gzip ", "deflate"})
  void a_compressed_body_is_decoded(String coding) throws Exception {
    assertThat(ContentCoding.decode(encoded(BODY, coding), coding, 100)).isEqualTo(BODY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "gzip, gzip", "identity,gzip", "gzip;q=1", "*"})
  void an_unknown_coding_is_refused_in_the_words_of_the_api(String coding) {
    assertThat(reason(BODY, coding, 100)).isEqualTo(Reason.REQUEST_BODY_ENCODING_UNSUPPORTED);
    assertThat(Reason.REQUEST_BODY_ENCODING_UNSUPPORTED.code())
        .isEqualTo("request_body_encoding_unsupported");
    assertThat(Reason.REQUEST_BODY_ENCODING_UNSUPPORTED.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate"})
  void a_damaged_body_is_refused(String coding) throws Exception {
    byte[] sound = encoded(BODY, coding);

    assertThat(reason(BODY, coding, 100)).isEqualTo(Reason.REQUEST_BODY_ENCODING_INVALID);
    assertThat(reason(new byte[0], coding, 100)).isEqualTo(Reason.REQUEST_BODY_ENCODING_INVALID);
    for (int length = 0; length < sound.length; length++) {
      assertThat(reason(Arrays.copyOf(sound, length), coding, 100))
          .isEqualTo(Reason.REQUEST_BODY_ENCODING_INVALID);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate"})
  void a_bomb_is_stopped_at_the_limit(String coding) throws Exception {
    byte[] bomb = encoded(new byte[50_000_000], coding);

    assertThat(reason(bomb, coding, 1_000_000))
        .isEqualTo(Reason.REQUEST_BODY_TOO_LARGE_AFTER_DECODING);
  }

  @Test
  void the_limit_itself_is_allowed() throws Exception {
    byte[] gzip = encoded(new byte[1000], "gzip");

    assertThat(ContentCoding.decode(gzip, "gzip", 1000)).hasSize(1000);
    assertThat(reason(gzip, "gzip", 999)).isEqualTo(Reason.REQUEST_BODY_TOO_LARGE_AFTER_DECODING);
  }

  private static Reason reason(byte[] body, String coding, long limit) {
    return catchThrowableOfType(Refused.class, () -> ContentCoding.decode(body, coding, limit))
        .refusal()
        .reason();
  }

  private static byte[] encoded(byte[] body, String coding) throws IOException {
    var out = new ByteArrayOutputStream();
    try (OutputStream coder =
        coding.equals("deflate") ? new DeflaterOutputStream(out) : new GZIPOutputStream(out)) {
      coder.write(body);
    }
    return out.toByteArray();
  }
}
