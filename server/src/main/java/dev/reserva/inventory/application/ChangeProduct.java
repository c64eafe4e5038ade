package dev.reserva.inventory.application;

import dev.reserva.contracts.InventoryEvent.ProductDiscontinued;
import dev.reserva.contracts.InventoryEvent.ProductUpdated;
import dev.reserva.inventory.domain.BundleRefusal;
import dev.reserva.inventory.domain.Product;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes a product of the catalogue, or discontinues it. */
public final class ChangeProduct {

  private final Products products;
  private final Composition composition;

  public ChangeProduct(Products products, Bundles bundles) {
    this.products = products;
    this.composition = new Composition(bundles);
  }

  public Outcome change(UUID id, Product.Change change, Cause cause, UnitOfWork tx) {
    Optional<Product> found = products.lock(id, tx);
    if (found.isEmpty()) {
      return new UnknownProduct(id);
    }
    Product before = found.get();
    Product after = before.changed(change, tx.now());
    if (after.version() != before.version()) {
      Sku taken = takenByAnother(before, after, tx);
      if (taken != null) {
        return new SkuTaken(taken);
      }
      Optional<BundleRefusal> impossible = composition.prepare(before, after, tx);
      if (impossible.isPresent()) {
        return new ImpossibleBundle(impossible.get());
      }
      if (!products.replace(after, tx)) { // taken since
        return new SkuTaken(after.sku());
      }
      publish(before, after, cause, tx);
    }
    return new Changed(before, products.find(id, tx).orElseThrow());
  }

  private @Nullable Sku takenByAnother(Product before, Product after, UnitOfWork tx) {
    String key = after.sku().key();
    return before.sku().key().equals(key)
        ? null
        : products.taken(List.of(after.sku()), tx).get(key);
  }

  /** Tells the others of a change. */
  static void publish(Product before, Product after, Cause cause, UnitOfWork tx) {
    boolean discontinued = before.active() && !after.active();
    if (!discontinued || differsInMore(before, after)) {
      tx.publish(
          new ProductUpdated(
              after.id(),
              after.sku().value(),
              after.name().value(),
              after.category().orNull(),
              after.price(),
              after.active(),
              after.taxRate().textOrNull(),
              after.taxCode().orNull(),
              ProductFacts.parts(after.bundle())),
          cause);
    }
    if (discontinued) {
      tx.publish(new ProductDiscontinued(after.id(), after.sku().value()), cause);
    }
  }

  private static boolean differsInMore(Product before, Product after) {
    var onlyInactive = new Product.Change(null, null, null, null, null, null, false);
    return !before.changed(onlyInactive, after.updatedAt()).equals(after);
  }

  /** The outcome of a change. */
  public sealed interface Outcome {}

  /** The product is as requested, now or before. */
  public record Changed(Product before, Products.StockedProduct product) implements Outcome {}

  public record UnknownProduct(UUID id) implements Outcome {}

  /** The product cannot consist of these parts; nothing changed. */
  public record ImpossibleBundle(BundleRefusal why) implements Outcome {}

  /**
   * Another product has this SKU; nothing changed.
   *
   * @param sku as that product has it
   */
  public record SkuTaken(Sku sku) implements Outcome {}
}
