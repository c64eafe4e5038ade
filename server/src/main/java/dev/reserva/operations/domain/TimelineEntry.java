package dev.reserva.operations.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to an order.
 *
 * @param database that has it on record; its clock and its log put its entries in order
 * @param at by the clock of that database
 * @param id of the event, payment, shipment, delivery and so on; with the type it is unique
 * @param type of the event; of anything else a name such as {@code stock.reserved}
 * @param position of an event in the database's log; 0 for anything else
 * @param correlationId of an event or a command; absent for anything else
 * @param causationId of the event that caused it, if one is known
 * @param actor who did it, if somebody did
 * @param summary one sentence
 * @param data JSON text
 */
public record TimelineEntry(
    String database,
    Instant at,
    TimelineKind kind,
    String service,
    String id,
    String type,
    long position,
    @Nullable String correlationId,
    @Nullable UUID causationId,
    @Nullable String actor,
    String summary,
    String data) {

  boolean isEvent() {
    return kind == TimelineKind.EVENT;
  }

  boolean isCommand() {
    return kind == TimelineKind.COMMAND;
  }
}
