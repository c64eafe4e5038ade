package dev.reserva.sales.adapters.web;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.Text;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Problem;
import dev.reserva.sales.application.Cancellation;
import dev.reserva.sales.application.Orders.Filter;
import dev.reserva.sales.application.Orders.Search;
import dev.reserva.sales.domain.OrderNumber;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.ProductRef;
import dev.reserva.sales.domain.TotalRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the query parameters of a list of orders into a filter. */
final class OrderFilters {

  /** Every clock and database can express these times. */
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,4})?");

  private OrderFilters() {}

  /** The parameters before they are parsed. */
  record Parameters(
      @Nullable String status,
      @Nullable UUID customerId,
      @Nullable String number,
      @Nullable String from,
      @Nullable String to,
      @Nullable String sku,
      @Nullable String minTotal,
      @Nullable String maxTotal,
      @Nullable String currency,
      @Nullable String reason) {}

  /**
   * @throws Problem 400 for parameters that cannot be understood, 403 for another's customer id
   */
  static Filter of(Parameters asked, Caller caller) {
    var errors = new InputErrors();
    OrderStatus status = errors.parameter("status", asked.status(), OrderRequests::status);
    OrderNumber number = errors.parameter("number", asked.number(), OrderNumber::parse);
    Instant from = errors.parameter("from", asked.from(), OrderFilters::time);
    Instant to = errors.parameter("to", asked.to(), OrderFilters::time);
    ProductRef.BySku sku = errors.parameter("sku", asked.sku(), ProductRef.BySku::new);
    TotalRange total = total(asked, errors);
    String reason = errors.parameter("reason", asked.reason(), OrderFilters::reason);
    errors.throwIfAny();
    UUID only = OrderRequests.scope(caller).customerId();
    if (only != null && asked.customerId() != null && !only.equals(asked.customerId())) {
      throw Problem.forbidden("customerId must be the own one of the customer, or be left out");
    }
    return new Filter(
        status,
        only == null ? asked.customerId() : only,
        number,
        from,
        to,
        new Search(sku == null ? null : sku.key(), total, reason, only == null));
  }

  private static @Nullable TotalRange total(Parameters asked, InputErrors errors) {
    boolean named = asked.currency() != null && !asked.currency().isBlank();
    String currency =
        errors.parameter("currency", asked.currency(), code -> Money.zero(code).currency());
    if (named && currency == null) {
      return null;
    }
    Money min = errors.parameter("minTotal", asked.minTotal(), text -> amount(text, currency));
    Money max = errors.parameter("maxTotal", asked.maxTotal(), text -> amount(text, currency));
    return currency == null
        ? null
        : errors.check("?minTotal", () -> new TotalRange(currency, min, max));
  }

  private static Money amount(String text, @Nullable String currency) {
    if (currency == null) {
      throw new IllegalArgumentException("needs a currency besides, such as ?currency=BRL");
    }
    if (!AMOUNT.matcher(text).matches()) {
      throw new IllegalArgumentException("must be an amount such as 10.00");
    }
    return Money.of(text, currency);
  }

  private static String reason(String text) {
    return Text.line("reason", text, 1, Cancellation.MAX_NOTE_LENGTH);
  }

  private static Instant time(String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
        throw new IllegalArgumentException(
            "must be a time from %s to %s".formatted(EARLIEST, LATEST));
      }
      return time;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a time such as 2026-01-31T12:00:00Z", e);
    }
  }
}
