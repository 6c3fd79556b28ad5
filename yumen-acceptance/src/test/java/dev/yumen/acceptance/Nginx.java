package dev.yumen.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * nginx in front of a gateway, with {@code deploy/nginx/yumen.conf}, the sample that users are
 * given: only its ports and its certificate are others.
 */
final class Nginx implements AutoCloseable {
  private static final int TRIES = 600;

  private final ClientProcess process;
  private final int port;
  private final Path certificate;

  private Nginx(ClientProcess process, int port, Path certificate) {
    this.process = process;
    this.port = port;
    this.certificate = certificate;
  }

  /** Starts it; skips when there is no nginx. */
  static Nginx inFrontOf(String gateway) {
    String nginx = Client.NGINX.path();
    try {
      Path directory = Files.createTempDirectory("nginx");
      Path certificate = certificate(directory);
      int port = freePort();
      String sample = Files.readString(Project.root().resolve("deploy/nginx/yumen.conf"));
      String server =
          sample
              .replace("server 127.0.0.1:8080", "server " + URI.create(gateway).getAuthority())
              .replace("listen 443 ", "listen 127.0.0.1:" + port + " ")
              .replace("/etc/nginx/tls/chain.pem", certificate.toString())
              .replace("/etc/nginx/tls/key.pem", directory.resolve("key.pem").toString());
      String whole =
          """
          daemon off;
          pid nginx.pid;
          error_log stderr;
          events {}
          http {
            access_log off;
            client_body_temp_path body;
            proxy_temp_path proxy;
            fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi;
            scgi_temp_path scgi;
          %s
          }
          """
              .formatted(server);
      Path file = Files.writeString(directory.resolve("nginx.conf"), whole);
      var process =
          ClientProcess.start(
              directory,
              Map.of(),
              nginx,
              "-p",
              directory + "/",
              "-e",
              "stderr",
              "-c",
              file.toString());
      var started = new Nginx(process, port, certificate);
      started.await();
      return started;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  String url() {
    return "https://localhost:" + port;
  }

  /** What callers must trust, a PEM file. */
  Path certificate() {
    return certificate;
  }

  @Override
  public void close() {
    process.close();
  }

  private static Path certificate(Path directory) throws IOException, InterruptedException {
    Path certificate = directory.resolve("chain.pem");
    int code =
        new ProcessBuilder(
                Client.OPENSSL.path(),
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-keyout",
                directory.resolve("key.pem").toString(),
                "-out",
                certificate.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("openssl.log").toFile())
            .start()
            .waitFor();
    if (code != 0) {
      throw new AssertionError(Files.readString(directory.resolve("openssl.log")));
    }
    return certificate;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void await() throws InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    throw new AssertionError("nginx does not listen: " + process.err());
  }
}
