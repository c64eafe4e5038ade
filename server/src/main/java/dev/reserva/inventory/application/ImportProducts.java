package dev.reserva.inventory.application;

import dev.reserva.contracts.Money;
import dev.reserva.inventory.domain.Category;
import dev.reserva.inventory.domain.Description;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.MinStock;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.Product;
import dev.reserva.inventory.domain.ProductName;
import dev.reserva.inventory.domain.ProductTaxRate;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.inventory.domain.TaxCode;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Creates and updates products by their SKU, many in one transaction. A row that cannot be applied
 * changes nothing and keeps no other one from being applied. The same rows again change nothing.
 */
public final class ImportProducts {

  private final Products products;
  private final CreateProduct createProduct;

  public ImportProducts(Products products, CreateProduct createProduct) {
    this.products = products;
    this.createProduct = createProduct;
  }

  /**
   * What a product is to be. An absent field keeps its value; a new product needs a name, a price
   * and a stock.
   *
   * @param stock the first quantity of a new product; it does not count for one that exists
   */
  public record Row(
      Sku sku,
      @Nullable ProductName name,
      @Nullable Description description,
      @Nullable Category category,
      @Nullable Money price,
      @Nullable ProductTaxRate taxRate,
      @Nullable TaxCode taxCode,
      @Nullable PhysicalStock stock,
      @Nullable MinStock minStock,
      @Nullable Boolean active) {

    private Product.Change change() {
      return new Product.Change(
          null, name, description, category, price, taxRate, taxCode, minStock, active);
    }
  }

  /** What becomes of a row. */
  public sealed interface Fate {
    record Created() implements Fate {}

    record Updated() implements Fate {}

    /** The product is so already. */
    record Unchanged() implements Fate {}

    /**
     * It cannot be applied.
     *
     * @param field that is wrong
     */
    record Refused(String field, String message) implements Fate {}
  }

  /**
   * Says what would become of the rows, in a snapshot.
   *
   * @param rows no two of the same product
   * @return one for each row, in their order
   */
  public List<Fate> tryOut(List<Row> rows, UnitOfWork snapshot) {
    Map<String, Product> known = products.bySku(skus(rows), snapshot);
    return rows.stream().map(row -> fate(row, known.get(row.sku().key()), snapshot.now())).toList();
  }

  /**
   * Applies the rows. The number of statements does not depend on their number.
   *
   * @param rows no two of the same product
   * @param actor as the audit trail names the caller
   * @return one for each row, in their order
   */
  public List<Fate> apply(List<Row> rows, String actor, Cause cause, UnitOfWork tx) {
    Map<String, Product> known = products.lockBySku(skus(rows), tx);
    Instant now = tx.now();
    Fate[] fates = new Fate[rows.size()];
    List<Product> changed = new ArrayList<>();
    List<Integer> fresh = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Product before = known.get(row.sku().key());
      fates[i] = fate(row, before, now);
      switch (fates[i]) {
        case Fate.Created _ -> fresh.add(i);
        case Fate.Updated _ -> {
          Product after = Objects.requireNonNull(before).changed(row.change(), now);
          changed.add(after);
          ChangeProduct.publish(before, after, cause, tx);
        }
        case Fate.Unchanged _, Fate.Refused _ -> {
          // Nothing is written.
        }
      }
    }
    if (!changed.isEmpty()) {
      products.replaceAll(changed, tx);
    }
    if (!fresh.isEmpty()) {
      create(fresh, rows, fates, actor, cause, tx);
    }
    return Arrays.asList(fates);
  }

  private void create(
      List<Integer> fresh, List<Row> rows, Fate[] fates, String actor, Cause cause, UnitOfWork tx) {
    List<CreateProduct.Outcome> outcomes =
        createProduct.create(
            fresh.stream()
                .map(i -> new CreateProduct.Command(draft(rows.get(i)), actor, cause))
                .toList(),
            tx);
    for (int i = 0; i < fresh.size(); i++) {
      if (outcomes.get(i) instanceof CreateProduct.SkuTaken(var sku)) {
        fates[fresh.get(i)] =
            new Fate.Refused("sku", "there is a product with sku \"%s\" already".formatted(sku));
      }
    }
  }

  private static Fate fate(Row row, @Nullable Product before, Instant now) {
    if (before != null) {
      return before.changed(row.change(), now).version() == before.version()
          ? new Fate.Unchanged()
          : new Fate.Updated();
    }
    if (row.name() == null) {
      return required("name");
    }
    if (row.price() == null) {
      return required("price");
    }
    if (row.stock() == null) {
      return required("stock");
    }
    return Boolean.FALSE.equals(row.active())
        ? new Fate.Refused("active", "must be true for a new product, was false")
        : new Fate.Created();
  }

  private static Fate required(String field) {
    return new Fate.Refused(field, "is required for a new product");
  }

  private static CreateProduct.Draft draft(Row row) {
    return new CreateProduct.Draft(
        row.sku(),
        Objects.requireNonNull(row.name()),
        Objects.requireNonNullElse(row.description(), Description.NONE),
        Objects.requireNonNullElse(row.category(), Category.NONE),
        Objects.requireNonNull(row.price()),
        Objects.requireNonNullElse(row.taxRate(), ProductTaxRate.NONE),
        Objects.requireNonNullElse(row.taxCode(), TaxCode.NONE),
        Objects.requireNonNull(row.stock()),
        LocationCode.MAIN,
        Objects.requireNonNullElse(row.minStock(), MinStock.NONE));
  }

  private static List<Sku> skus(List<Row> rows) {
    return rows.stream().map(Row::sku).toList();
  }
}
