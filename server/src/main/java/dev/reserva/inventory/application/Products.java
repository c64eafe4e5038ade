package dev.reserva.inventory.application;

import dev.reserva.inventory.domain.Product;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.messaging.UnitOfWork;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The catalogue. */
public interface Products {

  /**
   * Adds products with no stock, in their order.
   *
   * @return the ids of those that were added; the others' SKUs are taken, and nothing changed for
   *     them
   */
  Set<UUID> add(List<Product> products, UnitOfWork tx);

  /** The SKUs in the catalogue that are the same as the given ones, by {@link Sku#key()}. */
  Map<String, Sku> taken(Collection<Sku> skus, UnitOfWork tx);

  /** The product, locked until the transaction ends. */
  Optional<Product> lock(UUID id, UnitOfWork tx);

  /**
   * Replaces a locked product.
   *
   * @return whether it was replaced; false when its new SKU is taken: the transaction can then only
   *     be rolled back
   */
  boolean replace(Product product, UnitOfWork tx);

  /** The products of these SKUs, by {@link Sku#key()}. */
  Map<String, Product> bySku(Collection<Sku> skus, UnitOfWork tx);

  /** The same, locked in order of their ids until the transaction ends. */
  Map<String, Product> lockBySku(Collection<Sku> skus, UnitOfWork tx);

  /** Replaces locked products, whose SKUs stay. */
  void replaceAll(List<Product> products, UnitOfWork tx);

  Optional<StockedProduct> find(UUID id, UnitOfWork tx);

  /**
   * Newest first.
   *
   * @param before only products with a lower id
   */
  List<StockedProduct> list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx);

  /** Conditions that a product must meet. An absent condition is met by all. */
  record Filter(
      @Nullable String text,
      @Nullable String category,
      @Nullable Sku sku,
      @Nullable Boolean active,
      boolean onlyLow) {

    public static final Filter ANY = new Filter(null, null, null, null, false);

    /** Active products whose available stock is at or below their minimum. */
    public static final Filter LOW = new Filter(null, null, null, null, true);
  }

  /**
   * A product with its quantities at all locations together.
   *
   * @param available what new orders can reserve
   * @param awaited units that orders wait for
   */
  record StockedProduct(Product product, int stock, int reserved, int available, int awaited) {}
}
