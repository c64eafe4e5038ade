package dev.reserva.sales.application;

import dev.reserva.contracts.FinancialEvent.PaymentCancelled;
import dev.reserva.contracts.FinancialEvent.PaymentFailed;
import dev.reserva.contracts.InventoryEvent.StockReleased;
import dev.reserva.contracts.SalesEvent;
import dev.reserva.contracts.SalesEvent.OrderCancelled;
import dev.reserva.contracts.SalesEvent.OrderCompleted;
import dev.reserva.contracts.SalesEvent.OrderDelivered;
import dev.reserva.contracts.SalesEvent.OrderShipped;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Unprocessable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads an order's history from the log: every event about it, of any service. */
public final class ReadOrderHistory {

  private final EventLog log;
  private final EventCatalogue catalogue;
  private final ManualEvents manualEvents;

  public ReadOrderHistory(EventLog log, EventCatalogue catalogue, ManualEvents manualEvents) {
    this.log = log;
    this.catalogue = catalogue;
    this.manualEvents = manualEvents;
  }

  /** Finds the events that were published by hand. They are not steps of an order. */
  @FunctionalInterface
  public interface ManualEvents {
    Set<UUID> among(Collection<UUID> eventIds);
  }

  /**
   * @param position the event's place in the log
   * @param from the order's state before the event; absent if the event is not a step of the order
   * @param to the order's state after the event; absent if the event is not a step of the order
   * @param reason the reason that the event gives, if any
   * @param byHand whether the event was published by hand; then it is not a step of the order
   */
  public record HistoryEntry(
      long position,
      Instant at,
      UUID eventId,
      String type,
      @Nullable String from,
      @Nullable String to,
      @Nullable String reason,
      @Nullable UUID causationId,
      boolean byHand) {}

  /**
   * Oldest first.
   *
   * @param after the position after which the entries begin; 0 for the beginning
   */
  public List<HistoryEntry> of(UUID orderId, long after, int limit) {
    List<EventLog.Entry> entries = log.ofKey(orderId, after, limit);
    Set<UUID> manual =
        manualEvents.among(entries.stream().map(entry -> entry.event().id()).toList());
    return entries.stream()
        .map(entry -> historyEntry(entry, manual.contains(entry.event().id())))
        .toList();
  }

  private HistoryEntry historyEntry(EventLog.Entry entry, boolean byHand) {
    Event event = entry.event();
    String from = null;
    String to = null;
    String reason = null;
    switch (byHand ? null : readable(event)) {
      case SalesEvent step -> {
        from = step.from();
        to = step.to();
        reason = reasonOf(step);
      }
      case StockReleased released -> reason = released.reason();
      case PaymentFailed failed -> reason = failed.failure();
      case PaymentCancelled cancelled -> reason = cancelled.reason();
      case null, default -> {
        // Only the type of other services' events is shown.
      }
    }
    return new HistoryEntry(
        entry.position(),
        event.time(),
        event.id(),
        event.type(),
        from,
        to,
        reason,
        event.causationId(),
        byHand);
  }

  private static @Nullable String reasonOf(SalesEvent step) {
    return switch (step) {
      case OrderCancelled cancelled -> cancelled.reason();
      case OrderShipped shipped -> shipped.reason();
      case OrderDelivered delivered -> delivered.reason();
      case OrderCompleted completed -> completed.reason();
      default -> null;
    };
  }

  /**
   * The payload; null if it cannot be read, as in a drill. The event is part of the history anyway.
   */
  private @Nullable Object readable(Event event) {
    try {
      return catalogue.payload(event);
    } catch (Unprocessable notReadable) {
      return null;
    }
  }
}
