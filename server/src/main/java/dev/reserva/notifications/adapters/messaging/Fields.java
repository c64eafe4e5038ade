package dev.reserva.notifications.adapters.messaging;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.SalesEvent;
import dev.reserva.notifications.domain.Detail;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects what an event tells. An absent value is left out, and its part of the template too. */
final class Fields {

  /** An order may have thousands of lines; a message names the first ones. */
  static final int MOST_LINES = 20;

  private final Map<String, Detail> details = new LinkedHashMap<>();

  static Fields none() {
    return new Fields();
  }

  Fields text(String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      details.put(name, new Detail.Text(value));
    }
    return this;
  }

  Fields money(String name, Money amount) {
    details.put(name, amount(amount));
    return this;
  }

  /** The tax in a total, if there is any. */
  Fields tax(@Nullable Money amount) {
    return amount == null ? this : money("tax", amount);
  }

  Fields count(String name, long value) {
    details.put(name, new Detail.Count(value));
    return this;
  }

  Fields moment(String name, @Nullable Instant value) {
    if (value != null) {
      details.put(name, new Detail.Moment(value));
    }
    return this;
  }

  Fields flag(String name) {
    details.put(name, new Detail.Flag(true));
    return this;
  }

  Fields lines(List<SalesEvent.Item> items) {
    details.put(
        "lines",
        new Detail.Rows(
            items.stream()
                .limit(MOST_LINES)
                .map(item ->
                    Map.<String, Detail>of(
                        "item", new Detail.Text(item.name()),
                        "quantity", new Detail.Count(item.quantity()),
                        "price", amount(item.total())))
                .toList()));
    if (items.size() > MOST_LINES) {
      count("moreLines", items.size() - MOST_LINES);
    }
    return this;
  }

  /** How many units an order waits for, and until when, if that is known of all of them. */
  Fields awaited(@Nullable List<SalesEvent.AwaitedItem> items) {
    if (items == null) {
      return this;
    }
    count("awaitedUnits", items.stream().mapToLong(SalesEvent.AwaitedItem::quantity).sum());
    List<Instant> dates =
        items.stream().map(SalesEvent.AwaitedItem::expectedAt).filter(Objects::nonNull).toList();
    return moment("expectedAt", dates.size() == items.size() ? Collections.max(dates) : null);
  }

  private static Detail amount(Money money) {
    return new Detail.Amount(money.amount(), money.currency());
  }

  Map<String, Detail> details() {
    return details;
  }
}
