package dev.yumen.server.simulator;

import dev.yumen.server.simulator.Answer.Delivery;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A response as it goes out.
 *
 * @param status of the head
 * @param headers without those that every response has
 * @param length of the body in bytes; -1 sends it in chunks
 * @param acts the body, and what else happens
 * @param delivery how it is sent; its status and headers are already in the head
 */
record Outgoing(
    int status, Map<String, String> headers, long length, Iterator<Act> acts, Delivery delivery) {

  static Outgoing json(JsonNode body) {
    return of(200, "application/json", Json.bytes(body));
  }

  static Outgoing failed(Failure failure, String requestId) {
    byte[] body = failure.body(requestId);
    var headers = new LinkedHashMap<String, String>();
    headers.put("content-type", failure.contentType());
    headers.putAll(failure.headers());
    return new Outgoing(failure.status(), headers, body.length, once(body), Delivery.PLAIN);
  }

  static Outgoing of(int status, String contentType, byte[] body) {
    return new Outgoing(
        status, Map.of("content-type", contentType), body.length, once(body), Delivery.PLAIN);
  }

  static Iterator<Act> once(byte[] body) {
    return List.<Act>of(new Act.Send(body)).iterator();
  }

  /** The same response, sent as the delivery says; its headers win. */
  Outgoing sent(Delivery how) {
    var all = new LinkedHashMap<String, String>(headers);
    how.headers().forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
    Integer other = how.status();
    return new Outgoing(other == null ? status : other, all, length, acts, how);
  }
}
