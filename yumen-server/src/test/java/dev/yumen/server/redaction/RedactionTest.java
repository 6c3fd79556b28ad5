package dev.yumen.server.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  @ParameterizedTest
  @EnumSource(Canary.class)
  void what_must_not_appear_is_found_wherever_it_stands(Canary canary) {
    for (String around :
        new String[] {
          "%s",
          " %s ",
          "the caller sent %s, again",
          "(%s)",
          "[%s]",
          "{x=%s}",
          "\"%s\"",
          "'%s'",
          "/v1/%s/x",
          "a=%s",
          "id:%s",
          "\n%s\n",
          "\t%s",
          "中文%s中文",
          "%s;",
          "x: %s.",
          "<a>%s</a>",
          "first %s then ym_",
          "a,%s,b",
          "|%s|",
        }) {
      String text = around.formatted(canary.text());

      String redacted = Redaction.redact(text);

      for (String secret : canary.secrets()) {
        assertThat(redacted).as("in %s", text).doesNotContain(secret);
      }
      assertThat(redacted).as("of %s", text).contains("[redacted:");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ask zhang.san+x@mail.example.com.cn. | ask [redacted:email].",
        "zhang%40example.com | [redacted:email]",
        "call 13800138000, or +86 138-0013-8000 | call [redacted:mobile], or +86 [redacted:mobile]",
        "id 11010519491231002X ok | id [redacted:identity] ok",
        "id 110105 19491231 002X ok | id [redacted:identity] ok",
        "pay 4111 1111 1111 1111 now | pay [redacted:card] now",
        "pay 6222021234567890128 now | pay [redacted:card] now",
        "redis://app:s3cr3t@valkey:6379/0 | redis://[redacted:credential]@valkey:6379/0",
        "password=hunter2 user=x | password=[redacted:secret] user=x",
        "password: \"correct horse\" user | password: \"[redacted:secret]\" user",
        "{\\\"api_key\\\":\\\"abc\\\",\\\"n\\\":1} | {\\\"api_key\\\":\\\"[redacted:secret]\\\",\\\"n\\\":1}",
        "{\"password\": \"a\\\"b\", \"n\": 1} | {\"password\": \"[redacted:secret]\", \"n\": 1}",
        "{authorization=[Bearer abc def], n=[1]} | {authorization=[[redacted:secret]], n=[1]}",
        "Authorization: Basic dXNlcjpw x | Authorization: [redacted:secret] x",
        "Cookie: a=b; c=d | Cookie: [redacted:secret]",
        "DB_PASSWORD => x1 y | DB_PASSWORD => [redacted:secret] y",
        "密码：你好 好 | 密码：[redacted:secret] 好",
        "x-api-key: short | x-api-key: [redacted:secret]",
        "curl -H 'x-api-key:abc' -d 1 | curl -H 'x-api-key:[redacted:secret]' -d 1",
        "two a@b.cc and c@d.ee | two [redacted:email] and [redacted:email]",
      })
  void only_the_secret_is_taken_out_and_its_kind_is_said(String text, String redacted) {
    assertThat(Redaction.redact(text)).isEqualTo(redacted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "POST /v1/messages/batches/msgbatch_01HkcTjaV5uDC8jWR4ZsDV8d/results 200",
        "request req_0123456789abcdefghijklmn of the provider: req_011CSHoEeqs5C35K2UUqR7Fy",
        "2026-11-24T08:09:10.012Z took 1234567890123 ns, 1764144630123456789 since 1970",
        "trace 0af7651916cd43dd8448eb211c80319c span b7ad6b7169203331",
        "sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "uuid 123e4567-e89b-12d3-a456-426614174000",
        "claude-sonnet-4-5-20250929 claude-cli/2.0.14 (external, cli) anthropic-sdk-python/0.71",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36",
        "io.netty.channel.AbstractChannelHandlerContext.invokeChannelRead(Context.java:361)",
        "at java.base@25.0.1/java.lang.Thread.run(Thread.java:1474) [io.vertx.core@5.2.3]",
        "/opt/Java25/Temurin2/MyProject2026/ReleaseBuild01/lib/yumen-server-0.1.0.jar",
        "input_tokens: 12, max_tokens=1024, tokens: 3; a token is missing; password is missing",
        "Unrecognized token 'foo': was expecting JSON",
        "the bearer of news, risk-free, task-scheduler-1, disk-0, ask sk- what, an ASIA office",
        "basic authentication, Basic checks, a basic request",
        "127.0.0.1:8080, [::1]:443, https://api.example.org:443/v1?x=y, 10.255.255.53",
        "password=null token: \"\"",
        "dev.yumen.Gateway@1a2b3c4d user@localhost @ a@ @b",
        "-----BEGIN CERTIFICATE-----",
        "1970-01-01 00:00:00 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
      })
  void what_is_no_secret_stays_and_nothing_is_copied(String text) {
    assertThat(Redaction.redact(text)).isSameAs(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "@",
        "a@",
        "a@a",
        "a@a.",
        "%40",
        "a%40",
        "sk-",
        "sk-a",
        "-----BEGIN ",
        "eyJ",
        "://",
        "://a@",
        "token",
        "token:",
        "token: \"",
        "token=\\\"",
        "password = ",
        "1",
        "1 ",
        "1-1 ",
        "138",
        "Bearer ",
        "bearer a ",
        "密码：",
        "ym_",
        "ym_a",
        "=",
        "\\\"",
        "AKIA",
        "cookie:",
        "-----BEGIN PRIVATE",
        "x:\"",
        "aB3",
        "aB3+",
        "/",
        "[",
        "token:[",
      })
  void a_hostile_text_takes_time_in_proportion_to_its_length(String part) {
    String text = part.repeat(2_000_000 / part.length());

    // Quadratic time would take hours.
    assertTimeoutPreemptively(Duration.ofMinutes(1), () -> Redaction.redact(text));
  }

  @Test
  void whatever_the_text_nothing_breaks_and_a_second_pass_finds_no_more_keys() {
    var random = new Random(42);
    String alphabet = "aeyJsk-_ymBr@.%40:=\"'\\ 13869XE+/密码：\n[]<>";
    for (int n = 0; n < 20_000; n++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(80); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }

      String redacted = Redaction.redact(text.toString());

      assertThat(redacted).doesNotContainPattern("sk-ant-[a-z0-9]{8}|[a-z]@[a-z]+\\.[a-z]{2}");
    }
  }

  @Test
  void a_key_cut_short_is_still_found() {
    String pem = Canary.PRIVATE_KEY.text();

    assertThat(Redaction.redact("key " + pem.substring(0, 80)))
        .isEqualTo("key [redacted:private-key]");
    assertThat(Redaction.redact("x " + Canary.CLAUDE_KEY.text().substring(0, 24)))
        .isEqualTo("x [redacted:key]");
    assertThat(Redaction.redact("x " + Canary.YUMEN_KEY.text().substring(0, 40)))
        .isEqualTo("x [redacted:key]");
  }
}
