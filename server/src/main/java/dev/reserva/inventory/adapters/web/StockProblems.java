package dev.reserva.inventory.adapters.web;

import dev.reserva.inventory.domain.AdjustOutcome;
import dev.reserva.inventory.domain.Awaited;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.ReservationStatus;
import dev.reserva.inventory.domain.ReserveOutcome;
import dev.reserva.inventory.domain.Shortage;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.platform.web.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Refusals of changes of stock as problems, and the members that these have. */
final class StockProblems {

  /** Most products that a detail names. The members of the problem name all. */
  private static final int MAX_NAMED = 5;

  private StockProblems() {}

  static Problem of(ReserveOutcome.FellShort lacking) {
    if (!lacking.unknown().isEmpty()) {
      return Problem.impossible(
              "unknown-product",
              "Unknown product",
              "these products do not exist: " + named(lacking.unknown()))
          .with("unknownProducts", lacking.unknown());
    }
    if (!lacking.inactive().isEmpty()) {
      return Problem.impossible(
              "inactive-product",
              "A product can no longer be ordered",
              "these products can no longer be ordered: " + named(lacking.inactive()))
          .with("products", lacking.inactive());
    }
    return Problem.conflict(
            "insufficient-stock",
            "Not enough stock",
            "nothing is reserved, since these products are short: "
                + named(
                    lacking.shortages().stream()
                        .map(it ->
                            "%s (requested %d, available %d)"
                                .formatted(it.productId(), it.requested(), it.available()))
                        .toList()))
        .with("shortages", lacking.shortages().stream().map(ShortageView::of).toList());
  }

  static String named(List<?> products) {
    String first =
        products.stream().limit(MAX_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
    return products.size() <= MAX_NAMED
        ? first
        : "%s and %d more".formatted(first, products.size() - MAX_NAMED);
  }

  /** The order has a reservation, or a tombstone that keeps it from having one. */
  static Problem alreadyKnown(Reservation reservation) {
    return reservation.isTombstone()
        ? Problem.conflict(
            "order-cancelled",
            "Order is cancelled",
            "order %s is cancelled, so nothing can be reserved for it"
                .formatted(reservation.orderId()))
        : Problem.conflict(
                "already-reserved",
                "Order has a reservation",
                "order %s has a reservation already, %s"
                    .formatted(reservation.orderId(), reservation.status()))
            .with("reservationId", reservation.id())
            .with("reservationStatus", reservation.status().name());
  }

  /** The stock of the order has not all arrived. */
  static Problem waits(Reservation reservation) {
    List<UUID> products = reservation.awaited().stream().map(Awaited::productId).toList();
    return Problem.conflict(
            "reservation-waits",
            "Reservation waits for stock",
            "reservation %s waits for stock of these products: %s"
                .formatted(reservation.id(), named(products)))
        .with("awaitedProducts", products);
  }

  static Problem of(AdjustOutcome.BelowReserved below) {
    return Problem.conflict(
            "below-reserved",
            "Less than what is reserved",
            "stock must be at least %d, which is reserved, was %d"
                .formatted(below.level().reserved(), below.requested()))
        .with("reserved", below.level().reserved());
  }

  static Problem of(AdjustOutcome.TooMuch tooMuch) {
    return tooMuch(tooMuch.level(), tooMuch.added());
  }

  static Problem tooMuch(StockLevel level, int added) {
    return Problem.impossible(
        "stock-out-of-range",
        "More than can be counted",
        "stock must be at most %d in all, was %d + %d"
            .formatted(Integer.MAX_VALUE, level.physical(), added));
  }

  static Problem unknownLocation(LocationCode location) {
    return Problem.impossible(
            "unknown-location",
            "Unknown location",
            "there is no location \"%s\"".formatted(location))
        .with("location", location.value());
  }

  static Problem unknownProduct(UUID product) {
    return Problem.impossible(
            "unknown-product", "Unknown product", "there is no product %s".formatted(product))
        .with("unknownProducts", List.of(product));
  }

  /** A location lacks units that no order holds. */
  static Problem notInStock(Shortage shortage) {
    return Problem.conflict(
            "insufficient-stock",
            "Not enough stock",
            "quantity of product %s must be at most %d, which no order holds there, was %d"
                .formatted(shortage.productId(), shortage.available(), shortage.requested()))
        .with("shortages", List.of(ShortageView.of(shortage)));
  }

  /** What the problem {@code insufficient-stock} has. */
  record Shortages(List<ShortageView> shortages) {}

  /** What the problem {@code unknown-product} has. */
  record UnknownProducts(List<UUID> unknownProducts) {}

  /** What the problem {@code inactive-product} has. */
  record InactiveProducts(List<String> products) {}

  /** What the problem {@code already-reserved} has. */
  record AlreadyReserved(
      UUID reservationId,
      @Schema(implementation = ReservationStatus.class) String reservationStatus) {}

  /** What the problem {@code reservation-waits} has. */
  record Waits(List<UUID> awaitedProducts) {}

  /** What the problem {@code below-reserved} has. */
  record BelowReserved(int reserved) {}

  /** What the problem {@code unknown-location} has. */
  record UnknownLocation(String location) {}

  record ShortageView(UUID productId, int requested, int available) {
    static ShortageView of(Shortage shortage) {
      return new ShortageView(shortage.productId(), shortage.requested(), shortage.available());
    }
  }
}
