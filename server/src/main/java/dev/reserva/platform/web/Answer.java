package dev.reserva.platform.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a command. It becomes the HTTP response and is stored with the idempotency key.
 *
 * @param status 2xx
 * @param body written as JSON; absent if there is none
 * @param headers such as Location
 */
public record Answer(int status, @Nullable Object body, Map<String, String> headers) {

  public Answer {
    headers = Map.copyOf(headers);
  }

  public static Answer ok(Object body) {
    return new Answer(200, body, Map.of());
  }

  /** 201 with its Location. */
  public static Answer created(String location, Object body) {
    return new Answer(201, body, Map.of("Location", location));
  }

  public static Answer accepted(Object body) {
    return new Answer(202, body, Map.of());
  }

  public static Answer noContent() {
    return new Answer(204, null, Map.of());
  }

  public Answer withHeader(String name, String value) {
    var extended = new java.util.HashMap<>(headers);
    extended.put(name, value);
    return new Answer(status, body, extended);
  }
}
