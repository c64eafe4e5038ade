package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The products that a buyer asks for, before they are priced.
 *
 * @param items 1..{@value #MAX_ITEMS}; one product may be named more than once
 */
public record Basket(List<Item> items) {

  public static final int MAX_ITEMS = 2_000;

  public record Item(ProductRef product, Quantity quantity) {}

  public Basket {
    if (items.isEmpty() || items.size() > MAX_ITEMS) {
      throw new IllegalArgumentException(
          "an order must have 1..%d lines, had %d".formatted(MAX_ITEMS, items.size()));
    }
    items = List.copyOf(items);
  }

  /** The products of a draft, in order to price them anew. */
  public static Basket of(List<OrderLine> lines) {
    return new Basket(
        lines.stream()
            .map(line -> new Item(new ProductRef.ById(line.productId()), line.quantity()))
            .toList());
  }

  /** The products that are named, each once, in their order. */
  public SequencedSet<ProductRef> products() {
    var products = new LinkedHashSet<ProductRef>();
    items.forEach(item -> products.add(item.product()));
    return products;
  }

  /** The result of looking the prices up. */
  public sealed interface Pricing {
    /**
     * @param lines one per product, in the order in which the products were first named
     */
    record Priced(List<OrderLine> lines, Money total) implements Pricing {}

    /** The basket has no price. */
    sealed interface Impossible extends Pricing {}

    /** Sales does not know these products, or does not know them yet. */
    record Unknown(SequencedSet<ProductRef> products) implements Impossible {}

    /** These products can no longer be ordered. */
    record Inactive(SequencedSet<ProductRef> products) implements Impossible {}

    /** The products are priced in several currencies; an order has one. */
    record MixedCurrencies(SequencedSet<String> currencies) implements Impossible {}

    /** A product's summed quantity or the order's total is out of range. */
    record TooMuch(String detail) implements Impossible {}
  }

  /**
   * Prices the basket; the same product named twice becomes one line.
   *
   * @param catalogue answers null for a product that it does not know
   */
  public Pricing price(Function<ProductRef, @Nullable Product> catalogue, TaxMode mode) {
    var unknown = new LinkedHashSet<ProductRef>();
    var inactive = new LinkedHashSet<ProductRef>();
    var currencies = new LinkedHashSet<String>();
    var products = new LinkedHashMap<UUID, Product>();
    var quantities = new LinkedHashMap<UUID, Long>();
    for (Item item : items) {
      Product product = catalogue.apply(item.product());
      if (product == null) {
        unknown.add(item.product());
      } else if (!product.active()) {
        inactive.add(item.product());
      } else {
        currencies.add(product.price().currency());
        products.put(product.id(), product);
        quantities.merge(product.id(), (long) item.quantity().value(), Long::sum);
      }
    }
    if (!unknown.isEmpty()) {
      return new Pricing.Unknown(unknown);
    }
    if (!inactive.isEmpty()) {
      return new Pricing.Inactive(inactive);
    }
    if (currencies.size() > 1) {
      return new Pricing.MixedCurrencies(currencies);
    }
    return sum(products, quantities, currencies.getFirst(), mode);
  }

  private static Pricing sum(
      Map<UUID, Product> products, Map<UUID, Long> quantities, String currency, TaxMode mode) {
    var lines = new ArrayList<OrderLine>(products.size());
    Money total = Money.zero(currency);
    for (Product product : products.values()) {
      long quantity = quantities.getOrDefault(product.id(), 0L);
      if (quantity > Quantity.MAX) {
        return new Pricing.TooMuch(
            "the quantity of %s must be 1..%d, was %d in all"
                .formatted(product.sku(), Quantity.MAX, quantity));
      }
      try {
        OrderLine line = OrderLine.of(product, new Quantity((int) quantity), mode);
        lines.add(line);
        total = total.plus(line.total());
      } catch (IllegalArgumentException beyondMoney) {
        return new Pricing.TooMuch(
            "the order's total must be 0..%s %s".formatted(Money.MAX, currency));
      }
    }
    return new Pricing.Priced(lines, total);
  }
}
