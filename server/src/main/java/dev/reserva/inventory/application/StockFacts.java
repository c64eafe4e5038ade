package dev.reserva.inventory.application;

import dev.reserva.contracts.InventoryEvent;
import dev.reserva.contracts.InventoryEvent.StockAdjusted;
import dev.reserva.contracts.InventoryEvent.StockAllocated;
import dev.reserva.contracts.InventoryEvent.StockConfirmationFailed;
import dev.reserva.contracts.InventoryEvent.StockConfirmed;
import dev.reserva.contracts.InventoryEvent.StockDepleted;
import dev.reserva.contracts.InventoryEvent.StockExtended;
import dev.reserva.contracts.InventoryEvent.StockInsufficient;
import dev.reserva.contracts.InventoryEvent.StockLow;
import dev.reserva.contracts.InventoryEvent.StockReleased;
import dev.reserva.contracts.InventoryEvent.StockReserved;
import dev.reserva.contracts.InventoryEvent.StockTransferred;
import dev.reserva.inventory.domain.AdjustOutcome.Adjusted;
import dev.reserva.inventory.domain.AdjustOutcome.KeptBack;
import dev.reserva.inventory.domain.ByHand;
import dev.reserva.inventory.domain.CancelOutcome.Returned;
import dev.reserva.inventory.domain.Held;
import dev.reserva.inventory.domain.LedgerKind;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.ProductStock;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.ReservationStatus;
import dev.reserva.inventory.domain.ReserveOutcome.FellShort;
import dev.reserva.inventory.domain.Shortage;
import dev.reserva.inventory.domain.StockBook;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.inventory.domain.TakeBackOutcome.TakenBack;
import dev.reserva.inventory.domain.ThresholdCrossing;
import dev.reserva.inventory.domain.Transfer;
import dev.reserva.inventory.domain.TransferOutcome.Moved;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells the others what was decided, in the published language. */
final class StockFacts {

  private StockFacts() {}

  static void reserved(
      Reservation reservation, List<ThresholdCrossing> crossings, Cause cause, UnitOfWork tx) {
    tx.publish(
        new StockReserved(
            reservation.orderId(),
            reservation.id(),
            lines(reservation),
            reservation.expiresAt(),
            reservation.awaited().isEmpty() ? null : awaited(reservation)),
        cause);
    crossed(crossings, cause, tx);
  }

  /** The stock of a product is held for an order that waited for it. */
  static void allocated(Reservation reservation, UUID productId, Cause cause, UnitOfWork tx) {
    tx.publish(
        new StockAllocated(
            reservation.orderId(),
            reservation.id(),
            productId,
            lines(reservation),
            awaited(reservation)),
        cause);
  }

  static void insufficient(UUID orderId, FellShort why, Cause cause, UnitOfWork tx) {
    List<UUID> unknown = new ArrayList<>(why.unknown());
    unknown.addAll(why.inactive());
    tx.publish(new StockInsufficient(orderId, shortages(why.shortages()), unknown), cause);
  }

  static void extended(Reservation reservation, Cause cause, UnitOfWork tx) {
    tx.publish(
        new StockExtended(reservation.orderId(), reservation.id(), reservation.expiresAt()), cause);
  }

  static void confirmed(
      Reservation reservation, List<ThresholdCrossing> crossings, Cause cause, UnitOfWork tx) {
    tx.publish(
        new StockConfirmed(
            reservation.orderId(),
            reservation.id(),
            lines(reservation),
            reservation.renewals() > 0),
        cause);
    crossed(crossings, cause, tx);
  }

  static void confirmationFailed(
      UUID orderId, List<Shortage> shortages, Cause cause, UnitOfWork tx) {
    tx.publish(new StockConfirmationFailed(orderId, shortages(shortages)), cause);
  }

  /**
   * @param asked the reason where the reservation did not simply expire: {@code cancelled} or
   *     {@code manual}
   */
  static void released(Reservation reservation, String asked, Cause cause, UnitOfWork tx) {
    tx.publish(
        new StockReleased(
            reservation.orderId(),
            reservation.id(),
            lines(reservation),
            reservation.status() == ReservationStatus.EXPIRED ? "expired" : asked),
        cause);
  }

  /** The order of a reservation that has ended was paid: it does not get its stock any more. */
  static void waitedInVain(Reservation ended, StockBook book, Cause cause, UnitOfWork tx) {
    if (ended.settled()) {
      confirmationFailed(ended.orderId(), book.shortages(ended.awaited()), cause, tx);
    }
  }

  static void returned(Returned returned, String reason, Cause cause, UnitOfWork tx) {
    backInStock(
        returned.reservation().lines().stream().map(Held::quantity).toList(),
        returned.levels(),
        reason,
        cause,
        tx);
  }

  /** Nothing is told of goods that are written off: no stock has changed. */
  static void takenBack(TakenBack back, Cause cause, UnitOfWork tx) {
    if (back.goods().restock()) {
      backInStock(
          back.goods().lines().stream().map(Line::quantity).toList(),
          back.levels(),
          "returned",
          cause,
          tx);
    }
  }

  private static void backInStock(
      List<Integer> units, List<StockLevel> levels, String reason, Cause cause, UnitOfWork tx) {
    for (int i = 0; i < units.size(); i++) {
      tx.publish(adjustment(levels.get(i), LedgerKind.RETURNED, units.get(i), reason), cause);
    }
  }

  static void adjusted(Adjusted adjusted, @Nullable ByHand by, Cause cause, UnitOfWork tx) {
    tx.publish(
        adjustment(
            adjusted.level(), adjusted.kind(), adjusted.change(), by == null ? null : by.text()),
        cause);
    crossed(adjusted.crossings(), cause, tx);
  }

  private static StockAdjusted adjustment(
      StockLevel level, LedgerKind kind, int change, @Nullable String reason) {
    return new StockAdjusted(
        level.productId(),
        kind.name(),
        change,
        level.physical(),
        reason,
        elsewhere(level.location()));
  }

  private static void crossed(List<ThresholdCrossing> crossings, Cause cause, UnitOfWork tx) {
    for (ThresholdCrossing crossing : crossings) {
      ProductStock stock = crossing.stock();
      tx.publish(
          switch (crossing) {
            case ThresholdCrossing.RanLow low ->
                new StockLow(stock.productId(), stock.sku(), stock.available(), stock.minStock());
            case ThresholdCrossing.Depleted depleted ->
                new StockDepleted(stock.productId(), stock.sku());
          },
          cause);
    }
  }

  static void keptBack(KeptBack kept, Cause cause, UnitOfWork tx) {
    crossed(kept.crossings(), cause, tx);
  }

  static void moved(Moved moved, Cause cause, UnitOfWork tx) {
    Transfer transfer = moved.transfer();
    tx.publish(
        new StockTransferred(
            transfer.id(),
            transfer.productId(),
            transfer.quantity(),
            transfer.from().value(),
            transfer.to().value(),
            transfer.status().name()),
        cause);
    crossed(moved.crossings(), cause, tx);
  }

  /** The default location is not named: most events are smaller for it. */
  private static @Nullable String elsewhere(LocationCode location) {
    return location.isMain() ? null : location.value();
  }

  private static List<InventoryEvent.Line> lines(Reservation reservation) {
    return reservation.lines().stream()
        .map(line ->
            new InventoryEvent.Line(line.productId(), line.quantity(), elsewhere(line.location())))
        .toList();
  }

  private static List<InventoryEvent.Awaited> awaited(Reservation reservation) {
    return reservation.awaited().stream()
        .map(it -> new InventoryEvent.Awaited(it.productId(), it.quantity(), it.expectedAt()))
        .toList();
  }

  private static List<InventoryEvent.Shortage> shortages(List<Shortage> shortages) {
    return shortages.stream()
        .map(it -> new InventoryEvent.Shortage(it.productId(), it.requested(), it.available()))
        .toList();
  }
}
