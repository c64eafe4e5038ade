package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Sales does not know these products, or parts of bundles, or does not know them yet. */
    record Unknown(SequencedSet<ProductRef> products) implements Impossible {}

    /** These products, or parts of bundles, can no longer be ordered. */
    record Inactive(SequencedSet<ProductRef> products) implements Impossible {}

    /** The products are priced in several currencies; an order has one. */
    record MixedCurrencies(SequencedSet<String> currencies) implements Impossible {}

    /** A product's summed quantity, the units of parts or the order's total is out of range. */
    record TooMuch(String detail) implements Impossible {}
  }

  /**
   * Prices the basket; the same product named twice becomes one line. A bundle has the parts that
   * it has now, and its own price.
   *
   * @param catalogue answers null for a product that it does not know; it is asked for the parts of
   *     bundles as well
   */
  public Pricing price(Function<ProductRef, @Nullable Product> catalogue, TaxMode mode) {
    var unknown = new LinkedHashSet<ProductRef>();
    var inactive = new LinkedHashSet<ProductRef>();
    var currencies = new LinkedHashSet<String>();
    var products = new LinkedHashMap<UUID, Product>();
    var quantities = new LinkedHashMap<UUID, Long>();
    var parts = new HashMap<UUID, List<Part>>();
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
        if (!product.bundle().isEmpty()) {
          parts.put(product.id(), parts(product, catalogue, unknown, inactive));
        }
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
    return sum(products, quantities, parts, currencies.getFirst(), mode);
  }

  private static List<Part> parts(
      Product bundle,
      Function<ProductRef, @Nullable Product> catalogue,
      SequencedSet<ProductRef> unknown,
      SequencedSet<ProductRef> inactive) {
    List<Part> parts = new ArrayList<>();
    bundle
        .bundle()
        .forEach((id, units) -> {
          ProductRef ref = new ProductRef.ById(id);
          Product part = catalogue.apply(ref);
          if (part == null) {
            unknown.add(ref);
          } else if (!part.active()) {
            inactive.add(ref);
          } else {
            parts.add(new Part(id, part.sku(), part.name(), units));
          }
        });
    return parts;
  }

  private static Pricing sum(
      Map<UUID, Product> products,
      Map<UUID, Long> quantities,
      Map<UUID, List<Part>> parts,
      String currency,
      TaxMode mode) {
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
        OrderLine line =
            OrderLine.of(
                product,
                parts.getOrDefault(product.id(), List.of()),
                new Quantity((int) quantity),
                mode);
        lines.add(line);
        total = total.plus(line.total());
      } catch (IllegalArgumentException beyondMoney) {
        return new Pricing.TooMuch(
            "the order's total must be 0..%s %s".formatted(Money.MAX, currency));
      }
    }
    return parts.isEmpty()
        ? new Pricing.Priced(lines, total)
        : tooManyUnits(lines)
            .<Pricing>map(Pricing.TooMuch::new)
            .orElse(new Pricing.Priced(lines, total));
  }

  /** What is reserved has the limits of what is ordered. */
  private static Optional<String> tooManyUnits(List<OrderLine> lines) {
    Map<UUID, Long> units = OrderedUnits.of(lines);
    if (units.size() > MAX_ITEMS) {
      return Optional.of(
          "an order must need 1..%d products, parts of bundles among them, needed %d"
              .formatted(MAX_ITEMS, units.size()));
    }
    return lines.stream()
        .flatMap(line -> OrderedUnits.of(line).stream())
        .filter(need -> units.getOrDefault(need.productId(), 0L) > Quantity.MAX)
        .findFirst()
        .map(need ->
            "the quantity of %s must be 1..%d, was %d in all with the bundles"
                .formatted(need.sku(), Quantity.MAX, units.get(need.productId())));
  }
}
