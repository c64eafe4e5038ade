package dev.reserva.sales.adapters.postgres;

import dev.reserva.contracts.TaxRate;
import dev.reserva.sales.domain.LineTax;
import dev.reserva.sales.domain.TaxMode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The tax of a line in its columns, all of them absent if the line has none. */
final class TaxColumns {

  private TaxColumns() {}

  static @Nullable BigDecimal rate(@Nullable LineTax tax) {
    return tax == null ? null : tax.rate().value();
  }

  static @Nullable BigDecimal amount(@Nullable LineTax tax) {
    return tax == null ? null : tax.amount().amount();
  }

  static @Nullable Boolean included(@Nullable LineTax tax) {
    return tax == null ? null : tax.mode() == TaxMode.INCLUDED;
  }

  static @Nullable TaxRate rate(@Nullable BigDecimal column) {
    return column == null ? null : new TaxRate(column);
  }

  static @Nullable LineTax tax(
      @Nullable BigDecimal rate,
      @Nullable BigDecimal amount,
      @Nullable Boolean included,
      String currency) {
    return rate == null || amount == null || included == null
        ? null
        : new LineTax(
            new TaxRate(rate), TaxMode.ofIncluded(included), OrderRows.money(amount, currency));
  }
}
