package dev.reserva.sales.adapters.postgres;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.application.Products;
import dev.reserva.sales.domain.Product;
import dev.reserva.sales.domain.ProductRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The products in {@code sales.product}. */
public final class PostgresProducts implements Products {

  private static final String COLUMNS = "select product_id, sku, name, price, currency, active";

  private static final String BY_ID = COLUMNS + " from sales.product where product_id = any(?)";

  // Of two with one sku the active one comes last and so is the one that is kept.
  private static final String BY_SKU =
      COLUMNS + " from sales.product where sku = any(?) order by active, product_id";

  private static final String SAVE =
      """
      insert into sales.product as p (product_id, sku, name, price, currency, active)
      select * from unnest(?, ?, ?, ?, ?, ?)
      on conflict (product_id) do update
        set sku = excluded.sku, name = excluded.name, price = excluded.price, currency = excluded.currency,
          active = excluded.active
        where (p.sku, p.name, p.price, p.currency, p.active)
          is distinct from (excluded.sku, excluded.name, excluded.price, excluded.currency, excluded.active)
      """;

  private static final String DISCONTINUE =
      "update sales.product set active = false where product_id = any(?) and active";

  @Override
  public Map<ProductRef, Product> find(Collection<ProductRef> refs, UnitOfWork tx) {
    UUID[] ids =
        refs.stream()
            .filter(ProductRef.ById.class::isInstance)
            .map(ref -> ((ProductRef.ById) ref).id())
            .toArray(UUID[]::new);
    String[] skus =
        refs.stream()
            .filter(ProductRef.BySku.class::isInstance)
            .map(ref -> ((ProductRef.BySku) ref).sku())
            .toArray(String[]::new);
    var found = new HashMap<ProductRef, Product>();
    if (ids.length > 0) {
      Sql.each(
          tx,
          BY_ID,
          PostgresProducts::product,
          product -> found.put(new ProductRef.ById(product.id()), product),
          (Object) ids);
    }
    if (skus.length > 0) {
      Sql.each(
          tx,
          BY_SKU,
          PostgresProducts::product,
          product -> found.put(new ProductRef.BySku(product.sku()), product),
          (Object) skus);
    }
    return found;
  }

  @Override
  public void save(Collection<Product> products, UnitOfWork tx) {
    List<Product> rows = List.copyOf(products);
    Sql.update(
        tx,
        SAVE,
        Sql.uuids(rows, Product::id),
        Sql.texts(rows, Product::sku),
        Sql.texts(rows, Product::name),
        Sql.numbers(rows, product -> product.price().amount()),
        Sql.texts(rows, product -> product.price().currency()),
        Sql.booleans(rows, Product::active));
  }

  @Override
  public void discontinue(Collection<UUID> ids, UnitOfWork tx) {
    Sql.update(tx, DISCONTINUE, (Object) ids.toArray(UUID[]::new));
  }

  private static Product product(ResultSet row) throws SQLException {
    return new Product(
        Sql.uuid(row, "product_id"),
        row.getString("sku"),
        row.getString("name"),
        new Money(row.getBigDecimal("price").stripTrailingZeros(), row.getString("currency")),
        row.getBoolean("active"));
  }
}
