package dev.yumen.acceptance;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import tools.jackson.databind.JsonNode;

class TypeScriptSdkTest {

  /** The SDK of API version 2026-10-21, which sends keys as {@code Authorization}. */
  @Nested
  class Version2026 extends SdkContract {
    @Override
    void require() {
      Client.TYPESCRIPT_SDK.require();
    }

    @Override
    JsonNode use(String url, CallerKeys keys) {
      return contract("@anthropic-ai/sdk", environment(url, keys));
    }
  }

  /** The SDK of API version 2023-06-01, which sends keys as {@code x-api-key}. */
  @Nested
  class Version2023 extends SdkContract {
    @Override
    void require() {
      Client.TYPESCRIPT_SDK_2023.require();
    }

    @Override
    JsonNode use(String url, CallerKeys keys) {
      return contract("anthropic-2023", environment(url, keys));
    }
  }

  static JsonNode contract(String module, Map<String, String> environment) {
    String script = Project.clients().resolve("typescript/contract.mjs").toString();
    try (var node = ClientProcess.start(environment, "node", script, module)) {
      return node.json();
    }
  }

  private static Map<String, String> environment(String url, CallerKeys keys) {
    return Map.of("YUMEN_URL", url, "YUMEN_KEY", keys.key(), "YUMEN_LIMITED_KEY", keys.limited());
  }
}
