package dev.reserva.inventory.application;

import static java.util.Objects.requireNonNull;

import dev.reserva.contracts.InventoryEvent.ProductCreated;
import dev.reserva.contracts.Money;
import dev.reserva.inventory.application.AdjustStock.Receipt;
import dev.reserva.inventory.domain.Backorder;
import dev.reserva.inventory.domain.Bundle;
import dev.reserva.inventory.domain.BundleRefusal;
import dev.reserva.inventory.domain.ByHand;
import dev.reserva.inventory.domain.Category;
import dev.reserva.inventory.domain.Description;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.MinStock;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.Product;
import dev.reserva.inventory.domain.ProductName;
import dev.reserva.inventory.domain.ProductTaxRate;
import dev.reserva.inventory.domain.Quantity;
import dev.reserva.inventory.domain.Reason;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.inventory.domain.TaxCode;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Creates products for many callers in one transaction. A product's first quantity is received into
 * stock.
 */
public final class CreateProduct {

  private static final Reason FIRST_STOCK = new Reason("first stock");

  private final Products products;
  private final Locations locations;
  private final Composition composition;
  private final AdjustStock adjustStock;
  private final Ids ids;

  public CreateProduct(
      Products products, Locations locations, Bundles bundles, AdjustStock adjustStock, Ids ids) {
    this.products = products;
    this.composition = new Composition(bundles);
    this.locations = locations;
    this.adjustStock = adjustStock;
    this.ids = ids;
  }

  /** The fields of a new product. */
  public record Draft(
      Sku sku,
      ProductName name,
      Description description,
      Category category,
      Money price,
      ProductTaxRate taxRate,
      TaxCode taxCode,
      PhysicalStock stock,
      LocationCode location,
      MinStock minStock,
      Backorder backorder,
      Bundle bundle) {

    /** A product that is no bundle, and that no order can wait for. */
    public Draft(
        Sku sku,
        ProductName name,
        Description description,
        Category category,
        Money price,
        ProductTaxRate taxRate,
        TaxCode taxCode,
        PhysicalStock stock,
        LocationCode location,
        MinStock minStock) {
      this(
          sku,
          name,
          description,
          category,
          price,
          taxRate,
          taxCode,
          stock,
          location,
          minStock,
          Backorder.DENIED,
          Bundle.NONE);
    }

    /** A product without tax that no order can wait for. */
    public Draft(
        Sku sku,
        ProductName name,
        Description description,
        Category category,
        Money price,
        PhysicalStock stock,
        LocationCode location,
        MinStock minStock) {
      this(
          sku,
          name,
          description,
          category,
          price,
          ProductTaxRate.NONE,
          TaxCode.NONE,
          stock,
          location,
          minStock);
    }
  }

  /**
   * One caller's command.
   *
   * @param actor as the audit trail names the caller
   */
  public record Command(Draft draft, String actor, Cause cause) {}

  /**
   * The number of statements does not depend on the number of commands.
   *
   * @return one outcome per command, in their order
   */
  public List<Outcome> create(List<Command> commands, UnitOfWork tx) {
    Map<Draft, Outcome> refused = refused(commands, tx);
    if (refused.isEmpty()) {
      return createAll(commands, tx);
    }
    Iterator<Outcome> others =
        createAll(
                commands.stream().filter(command -> !refused.containsKey(command.draft())).toList(),
                tx)
            .iterator();
    return commands.stream()
        .map(command -> {
          Outcome refusal = refused.get(command.draft());
          return refusal == null ? others.next() : refusal;
        })
        .toList();
  }

  /** The drafts that cannot be created, whatever their SKU is. */
  private Map<Draft, Outcome> refused(List<Command> commands, UnitOfWork tx) {
    Map<Draft, Outcome> refused = new HashMap<>();
    Set<LocationCode> unknown = unknownLocations(commands, tx);
    List<Draft> made =
        commands.stream().map(Command::draft).filter(draft -> !draft.bundle().isNone()).toList();
    Map<UUID, Boolean> parts = composition.lock(made.stream().map(Draft::bundle).toList(), tx);
    for (Draft draft : made) {
      Composition.refusal(draft.bundle(), parts)
          .or(() -> firstStock(draft))
          .or(() -> backorder(draft))
          .ifPresent(why -> refused.put(draft, new ImpossibleBundle(why)));
    }
    commands.stream()
        .map(Command::draft)
        .filter(draft -> unknown.contains(draft.location()))
        .forEach(draft -> refused.put(draft, new UnknownLocation(draft.location())));
    return refused;
  }

  private static Optional<BundleRefusal> firstStock(Draft draft) {
    int stock = draft.stock().value();
    return stock == 0 ? Optional.empty() : Optional.of(new BundleRefusal.FirstStock(stock));
  }

  private static Optional<BundleRefusal> backorder(Draft draft) {
    return draft.backorder().equals(Backorder.DENIED)
        ? Optional.empty()
        : Optional.of(new BundleRefusal.HasBackorder());
  }

  /** The default location exists and is not looked up. */
  private Set<LocationCode> unknownLocations(List<Command> commands, UnitOfWork tx) {
    Set<LocationCode> unknown = new HashSet<>();
    commands.forEach(command -> unknown.add(command.draft().location()));
    unknown.remove(LocationCode.MAIN);
    if (!unknown.isEmpty()) {
      unknown.removeAll(locations.existing(unknown, tx));
    }
    return unknown;
  }

  private List<Outcome> createAll(List<Command> commands, UnitOfWork tx) {
    if (commands.isEmpty()) {
      return List.of();
    }
    Instant now = tx.now();
    List<Product> wanted = commands.stream().map(command -> product(command.draft(), now)).toList();
    Set<UUID> added = products.add(wanted, tx);
    Map<String, Sku> taken = taken(wanted, added, tx);
    List<Outcome> outcomes = new ArrayList<>(commands.size());
    List<Receipt> firstStock = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      Product product = wanted.get(i);
      Cause cause = commands.get(i).cause();
      if (!added.contains(product.id())) {
        outcomes.add(new SkuTaken(requireNonNull(taken.get(product.sku().key()))));
        continue;
      }
      tx.publish(
          new ProductCreated(
              product.id(),
              product.sku().value(),
              product.name().value(),
              product.category().orNull(),
              product.price(),
              product.active(),
              product.taxRate().textOrNull(),
              product.taxCode().orNull(),
              ProductFacts.parts(product.bundle())),
          cause);
      int stock = commands.get(i).draft().stock().value();
      if (stock > 0) {
        firstStock.add(
            new Receipt(
                product.id(),
                commands.get(i).draft().location(),
                new Quantity(stock),
                new ByHand(commands.get(i).actor(), FIRST_STOCK),
                cause));
      }
      outcomes.add(new Created(created(product, stock, tx)));
    }
    adjustStock.receive(firstStock, tx);
    return outcomes;
  }

  /** What is available of a bundle depends on its parts. */
  private Products.StockedProduct created(Product product, int stock, UnitOfWork tx) {
    return product.bundle().isNone()
        ? new Products.StockedProduct(product, stock, 0, stock, 0)
        : products.find(product.id(), tx).orElseThrow();
  }

  private Map<String, Sku> taken(List<Product> wanted, Set<UUID> added, UnitOfWork tx) {
    List<Sku> refused =
        wanted.stream().filter(product -> !added.contains(product.id())).map(Product::sku).toList();
    return refused.isEmpty() ? Map.of() : products.taken(refused, tx);
  }

  private Product product(Draft draft, Instant now) {
    return new Product(
        ids.next(),
        draft.sku(),
        draft.name(),
        draft.description(),
        draft.category(),
        draft.price(),
        draft.taxRate(),
        draft.taxCode(),
        draft.minStock(),
        draft.backorder(),
        true,
        draft.bundle(),
        1,
        now,
        now);
  }

  /** The outcome of a command. */
  public sealed interface Outcome {}

  public record Created(Products.StockedProduct product) implements Outcome {}

  /**
   * There is a product of this SKU already; nothing changed.
   *
   * @param sku as that product has it
   */
  public record SkuTaken(Sku sku) implements Outcome {}

  /** The product cannot consist of these parts; nothing changed. */
  public record ImpossibleBundle(BundleRefusal why) implements Outcome {}

  /** There is no such location; nothing changed. */
  public record UnknownLocation(LocationCode location) implements Outcome {}
}
