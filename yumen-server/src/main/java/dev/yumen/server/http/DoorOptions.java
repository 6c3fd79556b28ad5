package dev.yumen.server.http;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the data door listens. Fixed while the gateway runs.
 *
 * @param address literal IP address or host name
 * @param port 0 takes a free one
 * @param tls certificate chain and key as PEM; null serves plain HTTP
 * @param publicUrl how callers reach the gateway; null takes the Host field
 * @param trustedProxies addresses or CIDR ranges whose X-Forwarded-… fields count
 * @param header longest request head, in bytes
 * @param inFlight memory for request bodies in flight, in bytes
 * @param headTimeout for a first complete request head on a connection
 * @param bodyTimeout longest silence while a body is awaited
 * @param keepAlive idle connections are closed after this time
 * @param stuckWriter a caller that takes no byte for this long is cut off
 */
public record DoorOptions(
    String address,
    int port,
    @Nullable Tls tls,
    @Nullable URI publicUrl,
    List<String> trustedProxies,
    int header,
    long inFlight,
    Duration headTimeout,
    Duration bodyTimeout,
    Duration keepAlive,
    Duration stuckWriter) {

  /** PEM files. */
  public record Tls(Path certificate, Path key) {}
}
