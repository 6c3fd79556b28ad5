package dev.yumen.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTest {

  @Test
  void a_valid_field_says_trace_parent_and_flags() {
    assertThat(Traceparent.parse(Exchanges.TRACEPARENT))
        .isEqualTo(
            new Traceparent("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", (byte) 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00-what-the-future-brings",
      })
  void later_versions_are_read_as_far_as_they_are_known(String field) {
    assertThat(Traceparent.parse(field))
        .isEqualTo(
            new Traceparent("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", (byte) 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333g-01",
        "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
        " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      })
  void whatever_is_not_valid_counts_as_absent(String field) {
    assertThat(Traceparent.parse(field)).isNull();
  }

  @Test
  void an_absent_field_is_no_parent() {
    assertThat(Traceparent.parse(null)).isNull();
  }
}
