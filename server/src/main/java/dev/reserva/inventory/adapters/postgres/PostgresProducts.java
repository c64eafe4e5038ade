package dev.reserva.inventory.adapters.postgres;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.TaxRate;
import dev.reserva.contracts.Text;
import dev.reserva.inventory.application.Products;
import dev.reserva.inventory.domain.Backorder;
import dev.reserva.inventory.domain.Category;
import dev.reserva.inventory.domain.Description;
import dev.reserva.inventory.domain.MinStock;
import dev.reserva.inventory.domain.Product;
import dev.reserva.inventory.domain.ProductName;
import dev.reserva.inventory.domain.ProductTaxRate;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.inventory.domain.TaxCode;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Conditions;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.SqlFailure;
import dev.reserva.messaging.sql.Statements;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Table {@code inventory.product}, and the stock row that each product has. */
public final class PostgresProducts implements Products {

  private static final String COLUMNS =
      """
      p.id, p.sku, p.name, p.description, p.category, p.price, p.currency, p.tax_rate, p.tax_code,
        p.min_stock, p.backorder_policy, p.backorder_limit, p.backorder_expected_at, p.active,
        p.version, p.created_at, p.updated_at, p.bundle_products, p.bundle_quantities
      """;

  private static final String ADD =
      """
      with added as (
        insert into inventory.product (id, sku, sku_key, name, description, category, price,
          currency, tax_rate, tax_code, min_stock, backorder_policy, backorder_limit,
          backorder_expected_at, active, version, created_at, updated_at, bundle_products,
          bundle_quantities)
        select id, sku, sku_key, name, description, category, price, currency, tax_rate, tax_code,
          min_stock, backorder_policy, backorder_limit, backorder_expected_at, active, version,
          created_at, updated_at, bundle_products::uuid[], bundle_quantities::int[]
        from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::numeric[],
          ?::text[], ?::numeric[], ?::text[], ?::int[], ?::text[], ?::int[], ?::timestamptz[],
          ?::bool[], ?::bigint[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::text[])
          with ordinality
          as p (id, sku, sku_key, name, description, category, price, currency, tax_rate, tax_code,
            min_stock, backorder_policy, backorder_limit, backorder_expected_at, active, version,
            created_at, updated_at, bundle_products, bundle_quantities, place)
        order by place
        on conflict do nothing
        returning id, bundle_products is null as has_stock),
      stocked as (
        insert into inventory.stock (product_id, physical, reserved)
        select id, 0, 0 from added where has_stock)
      select id as product_id from added
      """;

  // The one that has the key comes last and so is the one that is kept. Another may have been alike
  // before keys were unique.
  private static final String TAKEN =
      """
      select sku from inventory.product where sku_key = any(?) or sku = any(?)
      order by sku_key = any(?), id
      """;

  private static final String LOCK =
      "select " + COLUMNS + " from inventory.product p where p.id = ? for update\n";

  private static final String REPLACE =
      """
      update inventory.product
      set sku_key = case when sku = ? then sku_key else ? end, sku = ?, name = ?, description = ?,
        category = ?, price = ?, currency = ?, tax_rate = ?, tax_code = ?, min_stock = ?,
        backorder_policy = ?, backorder_limit = ?, backorder_expected_at = ?, active = ?, version = ?,
        updated_at = ?, bundle_products = ?::uuid[], bundle_quantities = ?::int[]
      where id = ?
      """;

  private static final String BY_SKU =
      "select " + COLUMNS + " from inventory.product p where p.sku_key = any(?) order by p.id\n";

  private static final String REPLACE_ALL =
      """
      update inventory.product p
      set name = n.name, description = n.description, category = n.category, price = n.price,
        currency = n.currency, tax_rate = n.tax_rate, tax_code = n.tax_code, min_stock = n.min_stock, active = n.active, version = n.version,
        updated_at = n.updated_at
      from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::numeric[], ?::text[],
        ?::numeric[], ?::text[], ?::int[], ?::bool[], ?::bigint[], ?::timestamptz[])
        as n (id, name, description, category, price, currency, tax_rate, tax_code, min_stock, active, version,
          updated_at)
      where p.id = n.id
      """;

  private static final String STOCKED =
      "select "
          + COLUMNS
          + """
            , coalesce(s.physical, 0) as physical, coalesce(s.reserved, 0) as reserved,
            coalesce(s.awaited, 0) as awaited,
            case when p.bundle_products is null then s.available
              else inventory.available_bundles(p.bundle_products, p.bundle_quantities)
            end as available
          from inventory.product p left join lateral (
            select * from inventory.stocked s where s.product_id = p.id) s on true
          """;

  private static final String FIND = STOCKED + "where p.id = ?\n";

  private static final String LOW = "p.active and s.available <= p.min_stock";

  private static final String UNIQUE_VIOLATION = "23505";

  @Override
  public Set<UUID> add(List<Product> products, UnitOfWork tx) {
    return Set.copyOf(
        Statements.of(tx)
            .query(
                ADD,
                row -> Rows.uuid(row, "product_id"),
                Columns.uuids(products, Product::id),
                Columns.texts(products, product -> product.sku().value()),
                Columns.texts(products, product -> product.sku().key()),
                Columns.texts(products, product -> product.name().value()),
                Columns.texts(products, product -> product.description().value()),
                Columns.texts(products, product -> product.category().value()),
                Columns.numbers(products, product -> product.price().amount()),
                Columns.texts(products, product -> product.price().currency()),
                Columns.numbers(products, PostgresProducts::taxRate),
                Columns.texts(products, product -> product.taxCode().orNull()),
                Columns.integers(products, product -> product.minStock().value()),
                Columns.texts(products, PostgresProducts::policy),
                Columns.integers(products, product -> product.backorder().limit()),
                Columns.instants(products, product -> product.backorder().expectedAt()),
                Columns.booleans(products, Product::active),
                Columns.longs(products, Product::version),
                Columns.instants(products, Product::createdAt),
                Columns.instants(products, Product::updatedAt),
                Columns.texts(products, product -> BundleColumns.products(product.bundle())),
                Columns.texts(products, product -> BundleColumns.quantities(product.bundle()))));
  }

  @Override
  public Map<String, Sku> taken(Collection<Sku> skus, UnitOfWork tx) {
    String[] keys = skus.stream().map(Sku::key).toArray(String[]::new);
    String[] values = skus.stream().map(Sku::value).toArray(String[]::new);
    Map<String, Sku> taken = new HashMap<>();
    Statements.of(tx)
        .query(TAKEN, row -> new Sku(row.getString("sku")), keys, values, keys)
        .forEach(sku -> taken.put(sku.key(), sku));
    return taken;
  }

  @Override
  public Optional<Product> lock(UUID id, UnitOfWork tx) {
    return Statements.of(tx).queryAndClock(LOCK, PostgresProducts::product, id).stream()
        .findFirst();
  }

  @Override
  public boolean replace(Product product, UnitOfWork tx) {
    try {
      Statements.of(tx)
          .update(
              REPLACE,
              product.sku().value(),
              product.sku().key(),
              product.sku().value(),
              product.name().value(),
              product.description().value(),
              product.category().value(),
              product.price().amount(),
              product.price().currency(),
              taxRate(product),
              product.taxCode().orNull(),
              product.minStock().value(),
              policy(product),
              product.backorder().limit(),
              product.backorder().expectedAt(),
              product.active(),
              product.version(),
              product.updatedAt(),
              BundleColumns.products(product.bundle()),
              BundleColumns.quantities(product.bundle()),
              product.id());
      return true;
    } catch (SqlFailure e) {
      if (e.is(UNIQUE_VIOLATION)) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public Map<String, Product> bySku(Collection<Sku> skus, UnitOfWork tx) {
    return byKey(Statements.of(tx).query(BY_SKU, PostgresProducts::product, keys(skus)));
  }

  @Override
  public Map<String, Product> lockBySku(Collection<Sku> skus, UnitOfWork tx) {
    return byKey(
        Statements.of(tx)
            .queryAndClock(BY_SKU + "for update", PostgresProducts::product, keys(skus)));
  }

  private static Object keys(Collection<Sku> skus) {
    return skus.stream().map(Sku::key).toArray(String[]::new);
  }

  private static Map<String, Product> byKey(List<Product> found) {
    Map<String, Product> products = new HashMap<>();
    found.forEach(product -> products.put(product.sku().key(), product));
    return products;
  }

  @Override
  public void replaceAll(List<Product> products, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            REPLACE_ALL,
            Columns.uuids(products, Product::id),
            Columns.texts(products, product -> product.name().value()),
            Columns.texts(products, product -> product.description().value()),
            Columns.texts(products, product -> product.category().value()),
            Columns.numbers(products, product -> product.price().amount()),
            Columns.texts(products, product -> product.price().currency()),
            Columns.numbers(products, PostgresProducts::taxRate),
            Columns.texts(products, product -> product.taxCode().orNull()),
            Columns.integers(products, product -> product.minStock().value()),
            Columns.booleans(products, Product::active),
            Columns.longs(products, Product::version),
            Columns.instants(products, Product::updatedAt));
  }

  @Override
  public Optional<StockedProduct> find(UUID id, UnitOfWork tx) {
    return Statements.of(tx).query(FIND, PostgresProducts::stocked, id).stream().findFirst();
  }

  @Override
  public List<StockedProduct> list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
    Conditions conditions =
        new Conditions()
            .andIfPresent("p.category = ?", filter.category())
            .andIfPresent("p.sku_key = ?", filter.sku() == null ? null : filter.sku().key())
            .andIfPresent("p.id < ?", before);
    String text = filter.text();
    if (text != null) {
      String key = Text.key(text);
      conditions.and(
          """
          (strpos(lower(normalize(p.name, nfkc)), lower(?)) > 0
            or strpos(lower(p.sku_key), lower(?)) > 0
            or strpos(lower(normalize(p.description, nfkc)), lower(?)) > 0)
          """,
          key,
          key,
          key);
    }
    if (filter.active() != null) {
      conditions.and(filter.active() ? "p.active" : "not p.active");
    }
    if (filter.onlyLow()) {
      conditions.and(LOW);
    }
    return Statements.of(tx)
        .query(
            STOCKED + conditions.where() + "order by p.id desc limit ?",
            PostgresProducts::stocked,
            conditions.values(limit));
  }

  private static StockedProduct stocked(ResultSet row) throws SQLException {
    return new StockedProduct(
        product(row),
        row.getInt("physical"),
        row.getInt("reserved"),
        row.getInt("available"),
        row.getInt("awaited"));
  }

  private static @Nullable String policy(Product product) {
    Backorder.Policy policy = product.backorder().policy();
    return policy == Backorder.Policy.DENY ? null : policy.wire();
  }

  private static @Nullable BigDecimal taxRate(Product product) {
    TaxRate rate = product.taxRate().orNull();
    return rate == null ? null : rate.value();
  }

  private static ProductTaxRate taxRate(@Nullable BigDecimal column) {
    return column == null ? ProductTaxRate.NONE : new ProductTaxRate(new TaxRate(column));
  }

  private static Product product(ResultSet row) throws SQLException {
    return new Product(
        Rows.uuid(row, "id"),
        new Sku(row.getString("sku")),
        new ProductName(row.getString("name")),
        new Description(row.getString("description")),
        new Category(row.getString("category")),
        // The column has four digits for every currency; Money wants the currency's own.
        new Money(row.getBigDecimal("price").stripTrailingZeros(), row.getString("currency")),
        taxRate(row.getBigDecimal("tax_rate")),
        Optional.ofNullable(row.getString("tax_code")).map(TaxCode::new).orElse(TaxCode.NONE),
        new MinStock(row.getInt("min_stock")),
        BackorderColumns.read(row),
        row.getBoolean("active"),
        BundleColumns.bundle(row),
        row.getLong("version"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"));
  }
}
