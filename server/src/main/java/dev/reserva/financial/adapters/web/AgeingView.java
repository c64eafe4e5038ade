package dev.reserva.financial.adapters.web;

import dev.reserva.contracts.Money;
import dev.reserva.financial.application.FindReceivables.AsOf;
import dev.reserva.financial.domain.Ageing;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;

/**
 * What is open by age as the API shows it.
 *
 * @param at when it was so
 * @param items one for each currency in which something is open, in order of the currency
 */
record AgeingView(Instant at, List<Item> items) {

  /**
   * The open receivables of one currency. The sums are decimal numbers as text, with the currency's
   * digits.
   *
   * @param receivables their number
   * @param notDue not overdue, or without a due date yet
   * @param days1To30 overdue for at most 30 days
   * @param days31To60 overdue for more than 30 and at most 60 days
   * @param days61To90 overdue for more than 60 and at most 90 days
   * @param over90Days overdue for more than 90 days
   * @param total the sum of them all
   */
  record Item(
      @Schema(example = "BRL") String currency,
      long receivables,
      @Schema(example = "1599.80") String notDue,
      @Schema(example = "0.00") String days1To30,
      @Schema(example = "0.00") String days31To60,
      @Schema(example = "0.00") String days61To90,
      @Schema(example = "0.00") String over90Days,
      @Schema(example = "1599.80") String total) {

    private static Item of(Ageing ageing) {
      int digits = Money.zero(ageing.currency()).amount().scale();
      return new Item(
          ageing.currency(),
          ageing.receivables(),
          text(ageing.notDue(), digits),
          text(ageing.to30(), digits),
          text(ageing.to60(), digits),
          text(ageing.to90(), digits),
          text(ageing.over90(), digits),
          text(ageing.total(), digits));
    }

    private static String text(BigDecimal sum, int digits) {
      return sum.setScale(digits, RoundingMode.UNNECESSARY).toPlainString();
    }
  }

  static AgeingView of(AsOf<List<Ageing>> ageing) {
    return new AgeingView(ageing.now(), ageing.found().stream().map(Item::of).toList());
  }
}
