package dev.reserva.sales.adapters.postgres;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.TaxRate;
import dev.reserva.contracts.Text;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.sales.application.Products;
import dev.reserva.sales.domain.Product;
import dev.reserva.sales.domain.ProductRef;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The products in {@code sales.product}. */
public final class PostgresProducts implements Products {

  private static final String COLUMNS =
      "select product_id, sku, sku_key, name, price, currency, tax_rate, tax_code, active, bundle_products,"
          + " bundle_quantities";

  private static final String BY_ID = COLUMNS + " from sales.product where product_id = any(?)";

  // The caller keeps the last row of a SKU, so the active product of two comes last.
  private static final String BY_SKU =
      COLUMNS + " from sales.product where sku_key = any(?) order by active, product_id";

  private static final String SAVE =
      """
      insert into sales.product as p (product_id, sku, sku_key, name, price, currency, tax_rate,
        tax_code, active, bundle_products, bundle_quantities)
      select product_id, sku, sku_key, name, price, currency, tax_rate, tax_code, active,
        bundle_products::uuid[], bundle_quantities::int[]
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?::text[], ?::text[]) as n (product_id, sku, sku_key, name,
        price, currency, tax_rate, tax_code, active, bundle_products, bundle_quantities)
      on conflict (product_id) do update
        set sku = excluded.sku, sku_key = excluded.sku_key, name = excluded.name, price = excluded.price, currency = excluded.currency,
          tax_rate = excluded.tax_rate, tax_code = excluded.tax_code, active = excluded.active,
          bundle_products = excluded.bundle_products, bundle_quantities = excluded.bundle_quantities
        where (p.sku, p.name, p.price, p.currency, p.tax_rate, p.tax_code, p.active, p.bundle_products,
          p.bundle_quantities)
          is distinct from (excluded.sku, excluded.name, excluded.price, excluded.currency, excluded.tax_rate, excluded.tax_code,
            excluded.active, excluded.bundle_products, excluded.bundle_quantities)
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
    Map<String, List<ProductRef.BySku>> bySku =
        refs.stream()
            .filter(ProductRef.BySku.class::isInstance)
            .map(ProductRef.BySku.class::cast)
            .collect(Collectors.groupingBy(ProductRef.BySku::key));
    var found = new HashMap<ProductRef, Product>();
    if (ids.length > 0) {
      Statements.of(tx)
          .queryAndClock(BY_ID, PostgresProducts::product, (Object) ids)
          .forEach(product -> found.put(new ProductRef.ById(product.id()), product));
    }
    if (!bySku.isEmpty()) {
      Statements.of(tx)
          .queryAndClock(
              BY_SKU,
              row -> Map.entry(row.getString("sku_key"), product(row)),
              (Object) bySku.keySet().toArray(String[]::new))
          .forEach(entry ->
              bySku
                  .getOrDefault(entry.getKey(), List.of())
                  .forEach(ref -> found.put(ref, entry.getValue())));
    }
    return found;
  }

  @Override
  public void save(Collection<Product> products, UnitOfWork tx) {
    List<Product> rows = List.copyOf(products);
    Statements.of(tx)
        .write(
            SAVE,
            Columns.uuids(rows, Product::id),
            Columns.texts(rows, Product::sku),
            Columns.texts(rows, product -> Text.key(product.sku())),
            Columns.texts(rows, Product::name),
            Columns.numbers(rows, product -> product.price().amount()),
            Columns.texts(rows, product -> product.price().currency()),
            Columns.numbers(rows, PostgresProducts::taxRate),
            Columns.texts(rows, Product::taxCode),
            Columns.booleans(rows, Product::active),
            Columns.texts(rows, product -> bundle(product, Map.Entry::getKey)),
            Columns.texts(rows, product -> bundle(product, Map.Entry::getValue)));
  }

  @Override
  public void discontinue(Collection<UUID> ids, UnitOfWork tx) {
    Statements.of(tx).write(DISCONTINUE, (Object) ids.toArray(UUID[]::new));
  }

  private static @Nullable BigDecimal taxRate(Product product) {
    TaxRate rate = product.taxRate();
    return rate == null ? null : rate.value();
  }

  private static Product product(ResultSet row) throws SQLException {
    return new Product(
        Rows.uuid(row, "product_id"),
        row.getString("sku"),
        row.getString("name"),
        new Money(row.getBigDecimal("price").stripTrailingZeros(), row.getString("currency")),
        TaxColumns.rate(row.getBigDecimal("tax_rate")),
        row.getString("tax_code"),
        row.getBoolean("active"),
        bundle(row));
  }

  private static @Nullable String bundle(
      Product product, Function<Map.Entry<UUID, Integer>, ?> column) {
    return product.bundle().isEmpty()
        ? null
        : Columns.literal(product.bundle().sequencedEntrySet(), column);
  }

  private static SequencedMap<UUID, Integer> bundle(ResultSet row) throws SQLException {
    SequencedMap<UUID, Integer> bundle = new LinkedHashMap<>();
    Array products = row.getArray("bundle_products");
    if (products != null) {
      UUID[] ids = (UUID[]) products.getArray();
      Integer[] quantities = (Integer[]) row.getArray("bundle_quantities").getArray();
      for (int i = 0; i < ids.length; i++) {
        bundle.put(ids[i], quantities[i]);
      }
    }
    return bundle;
  }
}
