package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.TaxRate;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders in every state, for tests. */
public final class SampleOrders {

  /** A bundle. */
  public static final UUID SET = new UUID(7, 3);

  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  public static final Instant LATER = NOON.plusSeconds(60);
  public static final Instant EXPIRY = NOON.plusSeconds(900);
  public static final UUID RESERVATION = new UUID(0x0195000000007000L, 1);
  public static final UUID PAYMENT = new UUID(0x0195000000007000L, 2);
  public static final UUID CUSTOMER = new UUID(0x0195000000007000L, 3);
  public static final OrderNumber NUMBER = new OrderNumber(123);
  public static final Money TOTAL = Money.of("30.00", "BRL");

  /** Limits that no test reaches by chance. */
  public static final HoldLimits AMPLE = new HoldLimits(1_000, 1_000_000, 1_000);

  private SampleOrders() {}

  /** An order with a known reservation and payment as its state implies. */
  public static Order in(OrderStatus status) {
    return in(status, new UUID(0x0195000000007000L, 100));
  }

  public static Order in(OrderStatus status, UUID id) {
    return in(status, id, NUMBER);
  }

  public static Order in(OrderStatus status, UUID id, OrderNumber number) {
    return Order.of(
        new OrderState(
            id,
            number,
            CUSTOMER,
            status,
            switch (status) {
              case CANCELLED -> CancellationReason.CUSTOMER_REQUEST;
              case FAILED -> CancellationReason.DEADLINE_EXCEEDED;
              case DRAFT,
                  PENDING,
                  PENDING_PAYMENT,
                  PAID,
                  CONFIRMED,
                  SHIPPED,
                  DELIVERED,
                  COMPLETED ->
                  null;
            },
            TOTAL,
            null,
            null,
            reservation(status),
            payment(status),
            null,
            NOON,
            NOON,
            1,
            "test",
            null));
  }

  public static List<OrderLine> lines() {
    return List.of(
        new OrderLine(new UUID(7, 1), "MOUSE", "Mouse", new Quantity(2), Money.of("10.00", "BRL")),
        new OrderLine(new UUID(7, 2), "MAT", "Mat", new Quantity(1), Money.of("10.00", "BRL")));
  }

  /** Two mice, and three bundles of a mouse and two mats each. */
  public static List<OrderLine> bundledLines() {
    return List.of(
        lines().getFirst(),
        new OrderLine(
            SET,
            "SET",
            "Set, \"small\"",
            new Quantity(3),
            Money.of("15.00", "BRL"),
            null,
            null,
            List.of(
                new Part(new UUID(7, 1), "MOUSE", "Mouse", 1),
                new Part(new UUID(7, 2), "MAT", "Mat, \"grey\" {1}", 2))));
  }

  /** Three units whose tax, 4.79, is no multiple of three, and one with a code but no rate. */
  public static List<OrderLine> taxedLines(TaxMode mode) {
    Money price = Money.of("10.00", "BRL");
    return List.of(
        OrderLine.of(
            new Product(
                new UUID(7, 1), "MOUSE", "Mouse", price, TaxRate.parse("0.19"), "pets", true),
            List.of(),
            new Quantity(3),
            mode),
        OrderLine.of(
            new Product(new UUID(7, 2), "MAT", "Mat", price, null, "homes", true),
            List.of(),
            new Quantity(1),
            mode));
  }

  private static @Nullable Reservation reservation(OrderStatus status) {
    return switch (status) {
      case DRAFT, PENDING, CANCELLED, FAILED -> null;
      case PENDING_PAYMENT, PAID ->
          new Reservation(RESERVATION, Reservation.Status.RESERVED, EXPIRY, List.of());
      case CONFIRMED, SHIPPED, DELIVERED, COMPLETED ->
          new Reservation(RESERVATION, Reservation.Status.CONFIRMED, EXPIRY, List.of());
    };
  }

  private static @Nullable Payment payment(OrderStatus status) {
    return switch (status) {
      case DRAFT, PENDING, PENDING_PAYMENT, CANCELLED, FAILED -> null;
      case PAID, CONFIRMED, SHIPPED, DELIVERED, COMPLETED ->
          new Payment(PAYMENT, Payment.Status.SUCCEEDED);
    };
  }
}
