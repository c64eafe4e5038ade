package dev.reserva.cli.api;

import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A message that the backbone gave up on.
 *
 * @param event the event, as CloudEvents writes it
 */
public record DeadLetter(
    String id, String subscription, JsonNode event, int attempts, Failure error) {

  /** Why. */
  public record Failure(String type, String message) {}

  /** Whether it is about this event. */
  public boolean concerns(UUID eventId) {
    return event.path("id").asString("").equals(eventId.toString());
  }
}
