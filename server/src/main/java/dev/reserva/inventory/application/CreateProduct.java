package dev.reserva.inventory.application;

import dev.reserva.contracts.InventoryEvent.ProductCreated;
import dev.reserva.contracts.Money;
import dev.reserva.inventory.domain.Category;
import dev.reserva.inventory.domain.Description;
import dev.reserva.inventory.domain.MinStock;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.Product;
import dev.reserva.inventory.domain.ProductName;
import dev.reserva.inventory.domain.Quantity;
import dev.reserva.inventory.domain.Reason;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;

/** Takes a product into the catalogue; what is there of it at first is received into stock. */
public final class CreateProduct {

  private static final Reason FIRST_STOCK = new Reason("first stock");

  private final Products products;
  private final AdjustStock adjustStock;
  private final Ids ids;

  public CreateProduct(Products products, AdjustStock adjustStock, Ids ids) {
    this.products = products;
    this.adjustStock = adjustStock;
    this.ids = ids;
  }

  /** What the product is to be. */
  public record Draft(
      Sku sku,
      ProductName name,
      Description description,
      Category category,
      Money price,
      PhysicalStock stock,
      MinStock minStock) {}

  public Outcome create(Draft draft, Cause cause, UnitOfWork tx) {
    Instant now = tx.now();
    var product =
        new Product(
            ids.next(),
            draft.sku(),
            draft.name(),
            draft.description(),
            draft.category(),
            draft.price(),
            draft.minStock(),
            true,
            1,
            now,
            now);
    if (!products.add(product, tx)) {
      return new SkuTaken(draft.sku());
    }
    tx.publish(
        new ProductCreated(
            product.id(),
            product.sku().value(),
            product.name().value(),
            product.category().orNull(),
            product.price(),
            product.active()),
        cause);
    int stock = draft.stock().value();
    if (stock > 0) {
      adjustStock.receive(product.id(), new Quantity(stock), FIRST_STOCK, cause, tx);
    }
    return new Created(new Products.StockedProduct(product, stock, 0));
  }

  /** What came of it. */
  public sealed interface Outcome {}

  public record Created(Products.StockedProduct product) implements Outcome {}

  /** There is a product of this sku already; nothing changed. */
  public record SkuTaken(Sku sku) implements Outcome {}
}
