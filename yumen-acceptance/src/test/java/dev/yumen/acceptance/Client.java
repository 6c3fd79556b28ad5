package dev.yumen.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Programs and recordings that tests need and that the project itself does not hold. */
enum Client {
  TYPESCRIPT_SDK(Project.clients().resolve("typescript/node_modules/@anthropic-ai/sdk")),
  TYPESCRIPT_SDK_2023(Project.clients().resolve("typescript/node_modules/anthropic-2023")),
  PYTHON_SDK(Project.clients().resolve("python/.venv/bin/python")),
  PYTHON_SDK_2023(Project.clients().resolve("python/.venv-2023/bin/python")),
  CLAUDE_CODE(Project.clients().resolve("claude-code/node_modules/.bin/claude")),
  NGINX(onPath("nginx", "/usr/sbin/nginx")),
  OPENSSL(onPath("openssl", "/usr/bin/openssl")),
  UNSHARE(onPath("unshare", "/usr/bin/unshare"));

  private final Path path;

  Client(Path path) {
    this.path = path;
  }

  /** Where it is; a test that calls this without the client is skipped, and says so. */
  String path() {
    require();
    return path.toString();
  }

  /** Skips the calling test, loudly, when the client is not there. */
  void require() {
    if (!Files.exists(path)) {
      skip(this + " is not installed (run yumen-acceptance/clients/install)");
    }
  }

  /** Skips the calling test and says why where nobody overlooks it. */
  static void skip(String reason) {
    System.out.println("SKIPPED: " + reason);
    Assumptions.abort(reason);
  }

  private static Path onPath(String name, String otherwise) {
    for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      Path file = Path.of(directory, name);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    return Path.of(otherwise);
  }
}
