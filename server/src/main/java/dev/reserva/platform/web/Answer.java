package dev.reserva.platform.web;

import dev.reserva.platform.audit.Audited;
import dev.reserva.platform.audit.Changes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a command. It becomes the HTTP response and is stored with the idempotency key.
 *
 * @param status 2xx
 * @param body written as JSON; absent if there is none
 * @param headers such as Location
 * @param audited what the audit trail tells of the command; absent where its route and its subject
 *     say enough. It is recorded for staff only and is not stored with the key
 */
public record Answer(
    int status, @Nullable Object body, Map<String, String> headers, @Nullable Audited audited) {

  public Answer {
    headers = Map.copyOf(headers);
  }

  public Answer(int status, @Nullable Object body, Map<String, String> headers) {
    this(status, body, headers, null);
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
    return new Answer(status, body, extended, audited);
  }

  /**
   * Names what the command did, for the audit trail.
   *
   * @param action such as {@code inventory.product.update}
   * @param subject id or name of what it did it to
   */
  public Answer recorded(String action, Object subject) {
    return recorded(action, subject, Changes.NONE);
  }

  /**
   * @param changes without personal data and secrets
   */
  public Answer recorded(String action, Object subject, Changes changes) {
    return new Answer(status, body, headers, new Audited(action, subject.toString(), changes));
  }
}
