package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.TaxRate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tax of an order's lines.
 *
 * @param net the total without the tax
 * @param rates the lines that have a rate, by rate; lowest first
 */
public record OrderTax(Money net, Money tax, List<OfRate> rates) {

  public OrderTax {
    rates = List.copyOf(rates);
  }

  /** The lines of one rate, together. */
  public record OfRate(TaxRate rate, Money net, Money tax, Money total) {

    private static OfRate of(TaxRate rate, OrderLine line) {
      return new OfRate(rate, line.net(), line.taxAmount(), line.total());
    }

    private OfRate plus(OfRate other) {
      return new OfRate(rate, net.plus(other.net), tax.plus(other.tax), total.plus(other.total));
    }
  }

  /**
   * @param lines at least one
   * @return empty if no line has a rate
   */
  public static Optional<OrderTax> of(List<OrderLine> lines) {
    if (lines.stream().allMatch(line -> line.tax() == null)) {
      return Optional.empty();
    }
    var rates = new TreeMap<TaxRate, OfRate>(Comparator.comparing(TaxRate::value));
    for (OrderLine line : lines) {
      LineTax tax = line.tax();
      if (tax != null) {
        rates.merge(tax.rate(), OfRate.of(tax.rate(), line), OfRate::plus);
      }
    }
    return Optional.of(
        new OrderTax(
            lines.stream().map(OrderLine::net).reduce(Money::plus).orElseThrow(),
            lines.stream().map(OrderLine::taxAmount).reduce(Money::plus).orElseThrow(),
            List.copyOf(rates.values())));
  }
}
