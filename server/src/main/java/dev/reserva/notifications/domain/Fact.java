package dev.reserva.notifications.domain;

import java.util.Optional;

/**
 * The facts that somebody is told, one row each. The name of a fact is the name of its template.
 *
 * <p>A further fact is a further row, a template in each language, and a row in {@code
 * adapters.messaging.FactMessages} that says which event states it.
 */
public enum Fact {
  ORDER_RECEIVED("order-received", Kind.TRANSACTION, 1),
  PAYMENT_PENDING("payment-pending", Kind.TRANSACTION, 2),
  ORDER_PAID("order-paid", Kind.PROGRESS, 3),
  ORDER_CONFIRMED("order-confirmed", Kind.TRANSACTION, Fact.LAST_STEP),
  ORDER_SHIPPED("order-shipped", Kind.PROGRESS),
  ORDER_DELIVERED("order-delivered", Kind.PROGRESS),
  ORDER_CANCELLED("order-cancelled", Kind.TRANSACTION),
  ORDER_REFUNDED("order-refunded", Kind.TRANSACTION),
  RETURN_RECEIVED("return-received", Kind.TRANSACTION),
  STOCK_LOW("stock-low", Kind.ALERT),
  STOCK_DEPLETED("stock-depleted", Kind.ALERT),
  DEAD_LETTER("dead-letter", Kind.ALERT),
  WEBHOOK_DISABLED("webhook-disabled", Kind.ALERT),
  WEBHOOK_RECOVERED("webhook-recovered", Kind.ALERT);

  private static final int LAST_STEP = 4;

  private final String template;
  private final Kind kind;
  private final int step;

  Fact(String template, Kind kind) {
    this(template, kind, 0);
  }

  Fact(String template, Kind kind, int step) {
    this.template = template;
    this.kind = kind;
    this.step = step;
  }

  public String template() {
    return template;
  }

  public Kind kind() {
    return kind;
  }

  /**
   * The steps from the receipt of an order to its confirmation follow each other within moments. A
   * further one tells all that an earlier one does.
   *
   * @return from 1; 0 if the fact is told whatever else is
   */
  public int step() {
    return step;
  }

  /** Whether a further step usually follows within moments. */
  public boolean isUsuallyFollowed() {
    return step > 0 && step < LAST_STEP;
  }

  /** Whether operators are told; otherwise the customer is. */
  public boolean isForOperators() {
    return kind == Kind.ALERT;
  }

  /**
   * A fact that customers are told.
   *
   * @throws IllegalArgumentException if there is none with this template
   */
  public static Fact forCustomers(String template) {
    return ofTemplate(template)
        .filter(fact -> !fact.isForOperators())
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must name facts that customers are told, such as order-shipped, was \"%s\""
                    .formatted(Names.excerpt(template))));
  }

  /** The fact with this template; empty for a message by hand. */
  public static Optional<Fact> ofTemplate(String template) {
    for (Fact fact : values()) {
      if (fact.template.equals(template)) {
        return Optional.of(fact);
      }
    }
    return Optional.empty();
  }
}
