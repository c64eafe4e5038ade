package dev.reserva.financial.domain;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * The open receivables of one currency by how long they are overdue. The sums are not {@code
 * Money}: they may exceed what one amount can be.
 *
 * @param receivables their number
 * @param notDue the sum of those that are not overdue, or have no due date yet
 * @param to30 the sum of those that are overdue for at most 30 days
 * @param to60 the same for more than 30 and at most 60 days
 * @param to90 the same for more than 60 and at most 90 days
 * @param over90 the same for more than 90 days
 */
public record Ageing(
    String currency,
    long receivables,
    BigDecimal notDue,
    BigDecimal to30,
    BigDecimal to60,
    BigDecimal to90,
    BigDecimal over90) {

  public static final Duration DAYS_30 = Duration.ofDays(30);
  public static final Duration DAYS_60 = Duration.ofDays(60);
  public static final Duration DAYS_90 = Duration.ofDays(90);

  public BigDecimal total() {
    return notDue.add(to30).add(to60).add(to90).add(over90);
  }
}
