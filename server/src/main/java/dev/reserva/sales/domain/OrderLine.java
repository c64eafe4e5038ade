package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One product of an order, with its price, name and tax at the time of the order.
 *
 * @param unitPrice with or without the tax, as its mode says
 * @param taxCode what the product is for the tax; absent if the product had none
 * @param tax absent if the product had no rate
 * @param parts what one unit consists of; none if the product is no bundle
 */
public record OrderLine(
    UUID productId,
    String sku,
    String name,
    Quantity quantity,
    Money unitPrice,
    @Nullable String taxCode,
    @Nullable LineTax tax,
    List<Part> parts) {

  public OrderLine {
    parts = List.copyOf(parts);
    if (tax != null
        && tax.mode() == TaxMode.INCLUDED
        && tax.amount().compareTo(unitPrice.times(quantity.value())) > 0) {
      throw new IllegalArgumentException(
          "tax must be at most the price of %s, %s, was %s"
              .formatted(sku, unitPrice.times(quantity.value()), tax.amount()));
    }
  }

  /** A line of a product that is no bundle. */
  public OrderLine(
      UUID productId,
      String sku,
      String name,
      Quantity quantity,
      Money unitPrice,
      @Nullable String taxCode,
      @Nullable LineTax tax) {
    this(productId, sku, name, quantity, unitPrice, taxCode, tax, List.of());
  }

  /** A line of a product that is no bundle, without tax. */
  public OrderLine(UUID productId, String sku, String name, Quantity quantity, Money unitPrice) {
    this(productId, sku, name, quantity, unitPrice, null, null, List.of());
  }

  /**
   * Units of a product at its current price.
   *
   * @param parts what the product consists of now
   * @throws IllegalArgumentException if they cost more than {@link Money} holds
   */
  static OrderLine of(Product product, List<Part> parts, Quantity quantity, TaxMode mode) {
    return new OrderLine(
        product.id(),
        product.sku(),
        product.name(),
        quantity,
        product.price(),
        product.taxCode(),
        product.taxRate() == null
            ? null
            : LineTax.of(product.taxRate(), mode, product.price().times(quantity.value())),
        parts);
  }

  /**
   * Some units of the line. Their tax is their share of what is left of the line's tax, so that the
   * parts of a line add up to the line.
   *
   * @param units at most those that are not taken
   * @param taken units in other parts of the line
   * @param takenTax tax of those parts
   */
  public OrderLine part(Quantity units, long taken, Money takenTax) {
    return new OrderLine(
        productId,
        sku,
        name,
        units,
        unitPrice,
        taxCode,
        tax == null ? null : tax.share(quantity.value() - taken, units.value(), takenTax),
        parts);
  }

  /** What the buyer pays for the line. */
  public Money total() {
    return tax == null ? price() : tax.total(price());
  }

  /** The total without the tax. */
  public Money net() {
    return tax == null ? price() : tax.net(price());
  }

  /** The part of the total that is tax. */
  public Money taxAmount() {
    return tax == null ? Money.zero(unitPrice.currency()) : tax.amount();
  }

  private Money price() {
    return unitPrice.times(quantity.value());
  }
}
