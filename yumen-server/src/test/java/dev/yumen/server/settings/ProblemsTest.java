package dev.yumen.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One wrong value at a time, and the sentence about it. */
class ProblemsTest {
  private static final String LEAST = "providers: [{name: s, simulation: {}}]\n";

  @TempDir private Path path;
  private SettingsDirectory directory;

  @BeforeEach
  void a_directory_with_what_files_refer_to() throws IOException {
    directory = SettingsDirectory.in(path);
    directory.environment().put("SHORT", "0123456789012345678901234567890");
    directory.environment().put("EMPTY", "");
    directory.environment().put("BROKEN", "a\nb: c");
    directory.secretFile("empty", "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "listen: {port: 65536} | 2:16: listen.port is 65536, but must be a whole number from 0 to 65535.",
        "listen: {port: -1} | 2:16: listen.port is -1, but must be a whole number from 0 to 65535.",
        "listen: {port: \"80\"} | 2:16: listen.port is \"80\", but must be a whole number from 0 to 65535.",
        "listen: {port: } | 2:15: listen.port is empty, but must be a whole number from 0 to 65535.",
        "listen: {port: 1, port: 2} | 2:19: The key \"port\" stands twice in listen, first in line 2.",
        "listen: [] | 2:9: listen is a list, but must be a mapping with keys of its own.",
        "listen: | 2:8: listen is empty, but must be a mapping with keys of its own.",
        "listen: {address: 12} | 2:19: listen.address is 12, but must be text; put it in quotes.",
        "listen: {address: '*'} | 2:19: listen.address is \"*\", but must be an IP address or a host name; 0.0.0.0 stands for all.",
        "listen: {address: 10.0.0.256} | 2:19: listen.address is \"10.0.0.256\", but must be an IP address or a host name; 0.0.0.0 stands for all.",
        "listen: {tls: {certificate: tls/chain.pem}} | 2:15: listen.tls.key is missing.",
        "listen: {tls: {certificate: tls/chain.pem, key: x}} | 2:49: listen.tls.key names DIR/x, which is not a file that can be read.",
        "listen: {public-url: https://a.example/} | 2:22: listen.public-url must not end with a slash; write \"https://a.example\".",
        "listen: {public-url: a.example} | 2:22: listen.public-url is \"a.example\", but must be an http:// or https:// address.",
        "listen: {trusted-proxies: 10.0.0.1} | 2:27: listen.trusted-proxies is a single value, but must be a list.",
        "listen: {trusted-proxies: [\"::1\", 10.0.0.0/33]} | 2:35: listen.trusted-proxies[1] is \"10.0.0.0/33\", but must be an IP address or a range such as 10.0.0.0/8 or fd00::/8.",
        "listen: {trusted-proxies: [proxy.example]} | 2:28: listen.trusted-proxies[0] is \"proxy.example\", but must be an IP address or a range such as 10.0.0.0/8 or fd00::/8.",
        "listen: {unknown-paths: refsue} | 2:25: listen.unknown-paths is \"refsue\", but must be one of pass, refuse; did you mean \"refuse\"?",
        "listen: {unknown-paths: drop} | 2:25: listen.unknown-paths is \"drop\", but must be one of pass, refuse.",
        "listen: {unknown_paths: pass} | 2:10: The key \"unknown_paths\" is unknown in listen; did you mean \"unknown-paths\"?",
        "listen: {publicUrl: x} | 2:10: The key \"publicUrl\" is unknown in listen; did you mean \"public-url\"?",
        "admin: {port: 8080} | 2:1: admin makes both doors listen on port 8080; each needs one of its own.",
        "limits: {in-flight: 64MiB} | 2:10: limits.in-flight is 64MiB, so that a request as long as body (32MiB) and batch (256MiB) allow would never fit.",
        "limits: {body: 0} | 2:16: limits.body is 0B, but must be from 1B to 1GiB.",
        "limits: {body: 2GiB} | 2:16: limits.body is 2GiB, but must be from 1B to 1GiB.",
        "limits: {body: 1.5MiB} | 2:16: limits.body is \"1.5MiB\", but must be a size such as 64KiB, 32MiB or 1GiB.",
        "limits: {file: 999999999999999GiB} | 2:16: limits.file is 999999999999999GiB, which is too large.",
        "limits: {ping: -5s} | 2:16: limits.ping is \"-5s\", but must be a duration such as 500ms, 30s, 5m or 2h.",
        "limits: {ping: 0s} | 2:16: limits.ping is 0s, but must be from 1ms to 365d.",
        "limits: {ping: 15sec} | 2:16: limits.ping is \"15sec\" with an unknown unit; known are d, h, m, s, ms.",
        "limits: {ping: 15} | 2:16: limits.ping is 15 without a unit; did you mean 15s?",
        "telemetry: {access-log: yes} | 2:25: telemetry.access-log is \"yes\", but must be true or false.",
        "telemetry: {log-level: warning} | 2:24: telemetry.log-level is \"warning\", but must be one of error, warn, info, debug, trace; did you mean \"warn\"?",
        "telemetry: {traces: {ratio: 0.5}} | 2:21: telemetry.traces.endpoint is missing.",
        "telemetry: {traces: {endpoint: http://x, ratio: 1.5}} | 2:49: telemetry.traces.ratio is 1.5, but must be a number from 0 to 1.",
        "telemetry: {traces: {endpoint: http://x, ratio: -0.5}} | 2:49: telemetry.traces.ratio is -0.5, but must be a number from 0 to 1.",
        "telemetry: {traces: {endpoint: http://x, headers: {a b: '${env:SHORT}'}}} | 2:52: The key \"a b\" in telemetry.traces.headers is not the name of a header field.",
        "authentication: {} | 2:17: authentication needs keys, tokens or both.",
        "authentication: {keys: {}} | 2:24: authentication.keys.file is missing.",
        "authentication: {tokens: []} | 2:26: authentication.tokens is an empty list, but must be a list with at least one item.",
        "authentication: {tokens: [{issuer: a}]} | 2:27: authentication.tokens[0] needs secret (HS256) or jwks (RS256, ES256, EdDSA).",
        "authentication: {tokens: [{issuer: a, secret: '${env:CI_SECRET}', jwks: https://x}]} | 2:27: authentication.tokens[0] has both secret and jwks; keep one of them.",
        "authentication: {tokens: [{issuer: a, secret: '${env:SHORT}'}]} | 2:47: authentication.tokens[0].secret refers to a secret of 31 bytes, but HS256 needs at least 32 (RFC 7518).",
        "authentication: {tokens: [{issuer: a, jwks: http://id.example/keys}]} | 2:45: authentication.tokens[0].jwks is \"http://id.example/keys\", but must be an https:// address, or one of this machine.",
        "authentication: {tokens: [{issuer: a, jwks: \"http://[::1]/keys\"}, {issuer: a, jwks: http://localhost/keys}]} | 2:76: authentication.tokens[1].issuer is \"a\", which an earlier one has already.",
        "authentication: {tokens: [{issuer: a, jwks: https://x, clock-skew: -1s}]} | 2:68: authentication.tokens[0].clock-skew is \"-1s\", but must be a duration such as 500ms, 30s, 5m or 2h.",
      })
  void a_wrong_value_is_explained(String yaml, String sentence) throws IOException {
    assertThat(directory.problems(LEAST + yaml.replace("; ", "\n")))
        .containsExactly(sentence.replace("DIR", path.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | providers is empty, but must be a list.",
        "[] | providers is an empty list, but must be a list with at least one item.",
        "[x] | providers[0] is a single value, but must be a mapping with keys of its own.",
        "[{name: a}] | providers[0] needs base-url, or simulation for the built-in simulated provider.",
        "[{name: a, base-url: https://x, simulation: {}}] | providers[0] has both base-url and simulation; keep one of them.",
        "[{name: a, simulation: {}}, {name: a, simulation: {}}] | providers[1].name is \"a\", which an earlier one has already.",
        "[{name: a b, simulation: {}}] | providers[0].name is \"a b\", but must be 1 to 64 letters, digits, dots, hyphens and underscores, a letter or digit first.",
        "[{name: a, simulation: {tokens-per-second: -1}}] | providers[0].simulation.tokens-per-second is -1, but must be a whole number from 0 to 1000000.",
        "[{name: a, simulation: {}, credential: {bearer: '${env:SHORT}'}}] | providers[0].credential has no use, because a simulated provider takes none.",
        "[{name: a, base-url: https://x/v1}] | providers[0].base-url must not end with /v1, which is appended; write \"https://x\".",
        "[{name: a, base-url: https://x/}] | providers[0].base-url must not end with a slash; write \"https://x\".",
        "[{name: a, base-url: https://x?a=b}] | providers[0].base-url must end before the query, because paths are appended to it.",
        "[{name: a, base-url: https://u:p@x}] | providers[0].base-url must not hold a user or password.",
        "[{name: a, base-url: 'https://x#y'}] | providers[0].base-url must not hold a fragment (# and what follows).",
        "[{name: a, base-url: x.example}] | providers[0].base-url is \"x.example\", but must be an http:// or https:// address.",
        "[{name: a, base-url: 'https://x:99999'}] | providers[0].base-url is \"https://x:99999\", but must be an http:// or https:// address.",
        "[{name: a, base-url: '${env:URL}'}] | providers[0].base-url holds a reference, which only secrets may.",
        "[{name: a, simulation: {}, models: []}] | providers[0].models is an empty list, but must be a list with at least one item.",
        "[{name: a, simulation: {}, models: ['claude-[34]']}] | providers[0].models[0] is \"claude-[34]\", but must be a model's name in which only * stands for any text.",
        "[{name: a, simulation: {}, models: [4]}] | providers[0].models[0] is 4, but must be text; put it in quotes.",
        "[{name: a, base-url: https://x, credential: {}}] | providers[0].credential needs x-api-key or bearer.",
        "[{name: a, base-url: https://x, credential: {x-api-key: '${env:SHORT}', bearer: '${env:SHORT}'}}] | providers[0].credential has both x-api-key and bearer; keep one of them.",
        "[{name: a, base-url: https://x, credential: {bearer: abc}}] | providers[0].credential.bearer is written out; put the secret into an environment variable or a file, and write ${env:NAME} or ${file:/path} here.",
        "[{name: a, base-url: https://x, credential: {bearer: 123}}] | providers[0].credential.bearer is written out; put the secret into an environment variable or a file, and write ${env:NAME} or ${file:/path} here.",
        "[{name: a, base-url: https://x, credential: {bearer: 'Bearer ${env:SHORT}'}}] | providers[0].credential.bearer must be exactly one reference, ${env:NAME} or ${file:/path}, and nothing around it.",
        "[{name: a, base-url: https://x, credential: {bearer: '${SHORT}'}}] | providers[0].credential.bearer must be exactly one reference, ${env:NAME} or ${file:/path}, and nothing around it.",
        "[{name: a, base-url: https://x, credential: {bearer: '${vault:a}'}}] | providers[0].credential.bearer refers to a secret in a way that is unknown; write ${env:NAME} or ${file:/path}.",
        "[{name: a, base-url: https://x, credential: {bearer: '${env:NOT_THERE}'}}] | providers[0].credential.bearer refers to the environment variable \"NOT_THERE\", which is not set.",
        "[{name: a, base-url: https://x, credential: {bearer: '${env:EMPTY}'}}] | providers[0].credential.bearer refers to the environment variable \"EMPTY\", which is empty.",
        "[{name: a, base-url: https://x, credential: {bearer: '${env:BROKEN}'}}] | providers[0].credential.bearer refers to a secret that cannot be sent in a header field, because it begins or ends with a space, or holds a line break or a character that is not ASCII.",
        "[{name: a, base-url: https://x, credential: {bearer: '${file:none}'}}] | providers[0].credential.bearer refers to a file, but DIR/none cannot be read: it does not exist.",
        "[{name: a, base-url: https://x, credential: {bearer: '${file:secrets/empty}'}}] | providers[0].credential.bearer refers to DIR/secrets/empty, which is empty.",
        "[{name: a, base-url: https://x, credential: {bearer: '${file:secrets}'}}] | providers[0].credential.bearer refers to DIR/secrets, which is not a regular file.",
        "[{name: a, base-url: https://x, credential: {bearer: }}] | providers[0].credential.bearer must be a reference to a secret, ${env:NAME} or ${file:/path}.",
      })
  void a_wrong_provider_is_explained(String yaml, String sentence) throws IOException {
    assertThat(directory.problems("providers: " + yaml))
        .singleElement()
        .asString()
        .matches("1:[0-9]+: .*")
        .endsWith(sentence.replace("DIR", path.toString()));
  }

  @Test
  void providers_may_not_be_left_out() throws IOException {
    assertThat(directory.problems("admin: {port: 1}"))
        .containsExactly("1:1: providers is missing.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: [1 | 1:6: This is not YAML: while parsing a flow sequence, expected ',' or ']', but got <stream end>.",
        "a: 1\\n b: 2 | 2:3: This is not YAML: mapping values are not allowed here.",
        "a: 1\\n\\tb: 2 | 2:1: This is not YAML: while scanning for the next token, found character '\\t(TAB)' that cannot start any token.",
        "a: {b: ${env:X}} | 1:9: This is not YAML: while parsing a flow mapping, expected ',' or '}', but got {. Inside braces and brackets a reference stands in quotes: \"${env:NAME}\".",
        "a: 1\\n---\\nb: 2 | 2:1: This is not YAML: expected a single document in the stream, but found another document.",
        "a: &x 1\\nb: *x | 2:4: Aliases are not supported; write the value itself.",
        "`[a, b]` | 1:1: The file must be a mapping with keys such as listen and providers.",
        "text | 1:1: The file must be a mapping with keys such as listen and providers.",
        "%YAML 3.0\\n---\\na: 1 | 1:1: This is not YAML: the file says it is of an unknown version.",
        "a: 1\\nb: ␁ | 2:4: This is not YAML: there is a control character.",
      })
  void what_is_not_yaml_is_explained(String yaml, String sentence) throws IOException {
    assertThat(
            directory.problems(
                yaml.replace("\\n", "\n").replace("\\t", "\t").replace("␁", "\u0001")))
        .containsExactly(sentence);
  }

  @Test
  void what_is_not_text_is_a_problem() throws IOException {
    var reading = directory.read(new byte[] {'a', ':', ' ', (byte) 0xff});

    assertThat(((Reading.Invalid) reading).problems().getFirst().sentence())
        .endsWith("yumen.yaml is not text in UTF-8.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? "})
  void depth_is_bounded(String opening) throws IOException {
    assertThat(directory.problems(opening.repeat(100_000)))
        .singleElement()
        .asString()
        .endsWith("This is nested too deeply.");
  }

  @Test
  void length_is_bounded() throws IOException {
    var reading = directory.read("#".repeat((1 << 20) + 1));

    assertThat(((Reading.Invalid) reading).problems().getFirst().sentence())
        .endsWith("yumen.yaml is longer than 1MiB.");
  }

  @Test
  void a_bomb_of_aliases_is_refused() throws IOException {
    var yaml = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 30; i++) {
      yaml.append("a%d: &a%d [%s*a%d]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9), i - 1));
    }

    assertThat(directory.problems(yaml.toString()))
        .containsExactly("2:10: Aliases are not supported; write the value itself.");
  }
}
