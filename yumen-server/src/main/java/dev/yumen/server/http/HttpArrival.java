package dev.yumen.server.http;

import dev.yumen.exchange.Arrival;
import dev.yumen.exchange.Headers;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The head of a request, copied so that any thread may read it. */
record HttpArrival(
    String id,
    Instant at,
    String method,
    String path,
    @Nullable String query,
    Headers headers,
    String peer,
    String origin,
    HttpBody body)
    implements Arrival {}
