package dev.yumen.acceptance;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import tools.jackson.databind.JsonNode;

class PythonSdkTest {

  /** The SDK of API version 2026-10-21, which sends keys as {@code Authorization}. */
  @Nested
  class Version2026 extends Python {
    Version2026() {
      super(Client.PYTHON_SDK, "sync");
    }
  }

  @Nested
  class Version2026Async extends Python {
    Version2026Async() {
      super(Client.PYTHON_SDK, "async");
    }
  }

  /** The SDK of API version 2023-06-01, which sends keys as {@code x-api-key}. */
  @Nested
  class Version2023 extends Python {
    Version2023() {
      super(Client.PYTHON_SDK_2023, "sync");
    }
  }

  @Nested
  class Version2023Async extends Python {
    Version2023Async() {
      super(Client.PYTHON_SDK_2023, "async");
    }
  }

  abstract static class Python extends SdkContract {
    private final Client python;
    private final String mode;

    Python(Client python, String mode) {
      this.python = python;
      this.mode = mode;
    }

    @Override
    void require() {
      python.require();
    }

    @Override
    JsonNode use(String url, CallerKeys keys) {
      var environment =
          Map.of("YUMEN_URL", url, "YUMEN_KEY", keys.key(), "YUMEN_LIMITED_KEY", keys.limited());
      return contract(python, mode, environment);
    }
  }

  static JsonNode contract(Client python, String mode, Map<String, String> environment) {
    String script = Project.clients().resolve("python/contract.py").toString();
    try (var process = ClientProcess.start(environment, python.path(), script, mode)) {
      return process.json();
    }
  }
}
