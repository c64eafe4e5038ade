package dev.reserva.financial;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.SalesEvent;
import dev.reserva.contracts.SalesEvent.OrderCancelled;
import dev.reserva.contracts.SalesEvent.OrderCreated;
import dev.reserva.contracts.SalesEvent.OrderPaymentPending;
import dev.reserva.financial.application.CallPolicy;
import dev.reserva.financial.domain.Backoff;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentChoice;
import dev.reserva.financial.domain.PaymentMethod;
import dev.reserva.financial.domain.PaymentTerms;
import dev.reserva.financial.domain.Trail;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders and payments to test with. */
public final class Fixtures {

  public static final Ids IDS = Ids.timeOrdered();
  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  public static final UUID CUSTOMER = IDS.next();
  public static final Money PRICE = Money.of("100.00", "BRL");
  public static final Cause CAUSE = Cause.of("test");

  /** Quick, so that tests need not wait. */
  public static final CallPolicy QUICK =
      new CallPolicy(
          Duration.ofMillis(300),
          64,
          Duration.ofMillis(600),
          new Backoff(Duration.ofMillis(20), Duration.ofMillis(100)),
          50,
          Duration.ofMillis(200));

  private Fixtures() {}

  public static Payment payment(UUID orderId) {
    return payment(orderId, null);
  }

  public static Payment payment(UUID orderId, @Nullable UUID replaces) {
    return Payment.requested(
        new PaymentTerms(
            IDS.next(),
            orderId,
            CUSTOMER,
            PRICE,
            new PaymentChoice(PaymentMethod.PIX, null),
            replaces,
            0,
            new Trail("test", null, null, null),
            NOON));
  }

  /** A payment after which the buyer may try so many more. */
  public static Payment payment(UUID orderId, int triesLeft) {
    PaymentTerms terms = payment(orderId).terms();
    return Payment.requested(
        new PaymentTerms(
            terms.id(),
            orderId,
            CUSTOMER,
            PRICE,
            terms.choice(),
            null,
            triesLeft,
            terms.trail(),
            NOON));
  }

  public static SalesEvent payable(UUID orderId, @Nullable String method, @Nullable String token) {
    return new OrderPaymentPending(
        orderId,
        CUSTOMER,
        PRICE,
        method,
        token,
        NOON.plusSeconds(900),
        "PENDING",
        "PENDING_PAYMENT");
  }

  public static SalesEvent payable(UUID orderId, @Nullable String token) {
    return payable(orderId, "credit_card", token);
  }

  public static SalesEvent created(UUID orderId) {
    return new OrderCreated(
        orderId,
        "R-000123-4",
        CUSTOMER,
        List.of(new SalesEvent.Item(IDS.next(), "MOUSE", "Mouse", 1, PRICE, PRICE)),
        PRICE,
        null,
        null,
        "PENDING");
  }

  public static SalesEvent cancelled(UUID orderId) {
    return new OrderCancelled(
        orderId, CUSTOMER, "customer_request", null, "PENDING_PAYMENT", "CANCELLED");
  }
}
