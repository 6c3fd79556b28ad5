package dev.yumen.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * nginx with {@code proxy_pass} and what a gateway must do at least: the same key is asked for, the
 * provider's key put in its place, each request logged, counters kept.
 */
record NginxRelay(String binary, int core) implements Relay {
  private static final String KEY = "ym_0123456789ab_" + "k".repeat(49);

  @Override
  public String name() {
    return "nginx";
  }

  @Override
  public Running start(int providerPort, Path directory) throws IOException, InterruptedException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path settings = directory.resolve("nginx.conf");
    Files.writeString(
        settings,
        """
        worker_processes 1;
        daemon off;
        pid %1$s/nginx.pid;
        error_log %1$s/nginx-error.log error;
        events {
          worker_connections 60000;
        }
        http {
          log_format json escape=json '{"time":"$time_iso8601","id":"$request_id",'
            '"method":"$request_method","path":"$uri","peer":"$remote_addr","status":$status,'
            '"bytes":$body_bytes_sent,"seconds":$request_time,"agent":"$http_user_agent",'
            '"first_byte":"$upstream_header_time"}';
          access_log %1$s/nginx-access.log json buffer=64k flush=1s;
          client_body_temp_path %1$s/nginx-bodies;
          proxy_temp_path %1$s/nginx-answers;
          map_hash_bucket_size 256;
          map $http_authorization $known {
            default 0;
            "Bearer %4$s" 1;
          }
          upstream provider {
            server 127.0.0.1:%3$d;
            keepalive 256;
            keepalive_requests 1000000000;
            keepalive_timeout 1h;
          }
          server {
            listen 127.0.0.1:%2$d backlog=4096;
            keepalive_requests 1000000000;
            keepalive_timeout 1h;
            client_max_body_size 32m;
            client_body_buffer_size 256k;
            location / {
              if ($known = 0) {
                return 401;
              }
              proxy_pass http://provider;
              proxy_http_version 1.1;
              proxy_buffering off;
              proxy_read_timeout 1h;
              proxy_set_header Connection "";
              proxy_set_header Authorization "";
              proxy_set_header x-api-key secret;
              proxy_set_header accept-encoding identity;
            }
            location = /status {
              stub_status;
            }
          }
        }
        """
            .formatted(directory.toAbsolutePath(), port, providerPort, KEY));
    var process =
        new ProcessBuilder(
                "taskset", "-c", Integer.toString(core), binary, "-c", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("nginx.out").toFile())
            .start();
    awaitPort(process, port);
    long worker = process.children().findFirst().orElseThrow().pid();
    return new Running(process, worker, port, KEY);
  }

  private static void awaitPort(Process process, int port)
      throws IOException, InterruptedException {
    for (int tries = 0; tries < 500; tries++) {
      try (var probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (probe.isConnected() && process.children().findFirst().isPresent()) {
          return;
        }
      } catch (IOException e) {
        if (!process.isAlive()) {
          throw new IOException("nginx did not start; see nginx.out and nginx-error.log", e);
        }
      }
      Thread.sleep(10);
    }
    throw new IOException("nginx does not listen");
  }
}
