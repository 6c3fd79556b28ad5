package dev.yumen.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.acceptance.Conversation.Part;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every file of {@code src/test/conversations} is one exchange, and happens as it is written. */
class ConversationsTest {
  private static final String SETTINGS =
      """
      listen: {unknown-paths: refuse}
      admin: {port: 0}
      providers:
        - name: scripted
          base-url: $PROVIDER
          credential: {x-api-key: "${file:credential}"}
      authentication:
        keys: {file: $CALLERS}
      """;

  /** What happens next in an answer; alone on its line a mark takes the line with it. */
  private static final Pattern MARK = Pattern.compile("(?<=^|\n)⟨(\\w+)⟩\n|⟨(\\w+)⟩");

  @TempDir private static Path directory;
  private static final Map<String, RunningYumen> GATEWAYS = new HashMap<>();
  private static final ScriptedProvider PROVIDER = new ScriptedProvider((_, _) -> {});

  @AfterAll
  static void stop() {
    GATEWAYS.values().forEach(RunningYumen::close);
    PROVIDER.close();
  }

  @TestFactory
  Stream<DynamicTest> an_exchange_happens_as_it_is_written() throws IOException {
    Path files = Project.root().resolve("yumen-acceptance/src/test/conversations");
    try (Stream<Path> all = Files.list(files)) {
      return all.sorted().toList().stream()
          .map(file ->
              DynamicTest.dynamicTest(
                  file.getFileName().toString(), file.toUri(), () -> happens(file)));
    }
  }

  private static void happens(Path file) throws Exception {
    var keys = CallerKeys.shared();
    var names = new HashMap<>(Map.of("KEY", keys.key(), "LIMITED", keys.limited()));
    names.put("PROVIDER", PROVIDER.url());
    names.put("CALLERS", keys.file().toString());
    String settings = Conversation.read(file, names).settings();
    RunningYumen yumen = gateway(settings == null ? filled(SETTINGS, names) : settings);
    names.put("ORIGIN", yumen.url().toString());
    var conversation = Conversation.read(file, names);
    var freed = new CountDownLatch(hangs(conversation) ? 1 : 0);
    var seen = new AtomicInteger();
    PROVIDER.follow(answers(conversation, seen, freed));

    HttpMessage answer = ask(yumen.url(), conversation, seen);

    received(conversation);
    assertThat(answer.start()).contains(" " + conversation.receives().start() + " ");
    headers(conversation.receives(), answer);
    body(conversation.receives(), answer);
    assertThat(freed.await(120, TimeUnit.SECONDS)).as("the provider is freed").isTrue();
    accessLog(conversation.accessLog(), yumen, answer);
  }

  private static HttpMessage ask(URI gateway, Conversation conversation, AtomicInteger seen)
      throws IOException {
    Part caller = conversation.caller();
    String head = caller.start() + " HTTP/1.1";
    for (String line : caller.headers()) {
      head += "\r\n" + line;
    }
    String expected = conversation.receives().body();
    String leaves =
        expected != null && expected.contains("⟨leave⟩")
            ? expected.substring(0, expected.indexOf("⟨leave⟩"))
            : null;
    Predicate<byte[]> enough =
        body -> {
          seen.set(body.length);
          return new String(body, UTF_8).equals(leaves);
        };
    return RawCaller.ask(gateway, head, caller.bytes(), enough);
  }

  private static boolean hangs(Conversation conversation) {
    return conversation.answers().stream()
        .anyMatch(answer -> (answer.start() + answer.body()).contains("⟨hang⟩"));
  }

  private static ScriptedProvider.Script answers(
      Conversation conversation, AtomicInteger seen, CountDownLatch freed) {
    var number = new AtomicInteger();
    return (_, connection) -> {
      if (number.get() >= conversation.answers().size()) {
        connection.close();
        return;
      }
      Part answer = conversation.answers().get(number.getAndIncrement());
      if (answer.start().equals("⟨cut⟩")) {
        connection.close();
      } else if (answer.start().equals("⟨hang⟩")) {
        hang(connection, freed);
      } else if (String.valueOf(answer.body()).matches("(?s).*⟨(piece|seen|cut|hang)⟩.*")) {
        inPieces(answer, connection, seen, freed);
      } else {
        connection.send(head(answer), answer.bytes());
      }
    };
  }

  private static void inPieces(
      Part answer, ScriptedProvider.Connection connection, AtomicInteger seen, CountDownLatch freed)
      throws IOException {
    connection.send(head(answer) + "transfer-encoding: chunked\r\n\r\n");
    String body = String.valueOf(answer.body());
    int sent = 0;
    int from = 0;
    for (Matcher mark = MARK.matcher(body); mark.find(); from = mark.end()) {
      sent += chunk(body.substring(from, mark.start()), connection);
      switch (mark.group(1) == null ? mark.group(2) : mark.group(1)) {
        case "piece" -> {}
        case "seen" -> awaitSeen(seen, sent);
        case "cut" -> {
          connection.close();
          return;
        }
        case "hang" -> {
          hang(connection, freed);
          return;
        }
        default -> throw new AssertionError("there is no mark " + mark.group());
      }
    }
    chunk(body.substring(from), connection);
    connection.send("0\r\n\r\n");
  }

  private static int chunk(String text, ScriptedProvider.Connection connection) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    if (bytes.length > 0) {
      connection.send(Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n");
    }
    return bytes.length;
  }

  /** Waits until the caller has got all that was sent. */
  private static void awaitSeen(AtomicInteger seen, int sent) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (seen.get() < sent) {
      assertThat(System.nanoTime()).as("the caller gets what was sent").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void hang(ScriptedProvider.Connection connection, CountDownLatch freed)
      throws IOException {
    connection.awaitHangUp();
    freed.countDown();
    connection.close();
  }

  private static String head(Part answer) {
    var head = new StringBuilder("HTTP/1.1 " + answer.start() + " Scripted\r\n");
    answer.headers().forEach(line -> head.append(line).append("\r\n"));
    return head.toString();
  }

  private static void received(Conversation conversation) {
    assertThat(PROVIDER.received()).hasSize(conversation.received().size());
    for (int i = 0; i < conversation.received().size(); i++) {
      Part expected = conversation.received().get(i);
      HttpMessage request = PROVIDER.received().get(i);
      assertThat(request.method() + " " + request.target()).isEqualTo(expected.start());
      headers(expected, request);
      body(expected, request);
    }
  }

  private static void headers(Part expected, HttpMessage message) {
    for (String line : expected.headers()) {
      if (line.startsWith("!")) {
        assertThat(message.header(line.substring(1))).as(line).isEmpty();
        continue;
      }
      String name = line.substring(0, line.indexOf(':'));
      String value = line.substring(line.indexOf(':') + 1).strip();
      assertThat(message.header(name))
          .as("%s in %s", name, message.headers())
          .anyMatch(actual -> Conversation.matches(value, actual));
    }
  }

  private static void body(Part expected, HttpMessage message) {
    String body = expected.body();
    if (body == null) {
      return;
    }
    boolean cut = body.contains("⟨cut⟩");
    String text = body.replaceAll("⟨(leave|cut)⟩\n?", "");
    if (text.contains("…")) {
      assertThat(message.text()).matches(actual -> Conversation.matches(text, actual), text);
    } else {
      assertThat(message.text()).isEqualTo(text);
    }
    assertThat(message.whole()).isEqualTo(!cut && !body.contains("⟨leave⟩"));
  }

  private static void accessLog(List<String> expected, RunningYumen yumen, HttpMessage answer) {
    if (expected.isEmpty()) {
      return;
    }
    String id = answer.first("yumen-request-id").orElseThrow();
    JsonNode line = yumen.awaitExchange(one -> one.path("id").asString().equals(id));
    for (String field : expected) {
      if (field.startsWith("!")) {
        assertThat(line.has(field.substring(1))).as("%s in %s", field, line).isFalse();
        continue;
      }
      JsonNode value = line.path(field.substring(0, field.indexOf(':')));
      String wanted = field.substring(field.indexOf(':') + 1).strip();
      String actual = value.isString() ? value.stringValue() : value.toString();
      assertThat(actual)
          .as("%s in %s", field, line)
          .matches(it -> Conversation.matches(wanted, it));
    }
  }

  private static RunningYumen gateway(String settings) throws IOException {
    RunningYumen known = GATEWAYS.get(settings);
    if (known != null) {
      return known;
    }
    Files.writeString(directory.resolve("credential"), "provider-credential");
    Path file = directory.resolve("yumen" + GATEWAYS.size() + ".yaml");
    var made = RunningYumen.serve(Files.writeString(file, settings));
    GATEWAYS.put(settings, made);
    return made;
  }

  private static String filled(String text, Map<String, String> names) {
    for (var name : names.entrySet()) {
      text = text.replace("$" + name.getKey(), name.getValue());
    }
    return text;
  }
}
