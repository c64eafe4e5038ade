package dev.reserva.notifications.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One value that a message tells. How it is written depends on the language. */
public sealed interface Detail {

  record Text(String value) implements Detail {}

  /**
   * @param currency ISO 4217 code
   */
  record Amount(BigDecimal value, String currency) implements Detail {}

  record Moment(Instant value) implements Detail {}

  record Count(long value) implements Detail {}

  /** Whether a part of the template is shown. */
  record Flag(boolean value) implements Detail {}

  /** A part of the template that is repeated. */
  record Rows(List<Map<String, Detail>> values) implements Detail {
    public Rows {
      values = List.copyOf(values);
    }
  }
}
