package dev.reserva.inventory.adapters.postgres;

import dev.reserva.contracts.Money;
import dev.reserva.inventory.application.Products;
import dev.reserva.inventory.domain.Category;
import dev.reserva.inventory.domain.Description;
import dev.reserva.inventory.domain.MinStock;
import dev.reserva.inventory.domain.Product;
import dev.reserva.inventory.domain.ProductName;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.messaging.UnitOfWork;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.support.DataAccessUtils;

/** Table {@code inventory.product}, and the stock row that each product has. */
public final class PostgresProducts implements Products {

  private static final String COLUMNS =
      """
      p.id, p.sku, p.name, p.description, p.category, p.price, p.currency, p.min_stock, p.active,
        p.version, p.created_at, p.updated_at
      """;

  private static final String ADD =
      """
      with added as (
        insert into inventory.product (id, sku, name, description, category, price, currency,
          min_stock, active, version, created_at, updated_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (sku) do nothing
        returning id)
      insert into inventory.stock (product_id, physical, reserved) select id, 0, 0 from added
      """;

  private static final String LOCK =
      "select " + COLUMNS + " from inventory.product p where p.id = ? for update\n";

  private static final String REPLACE =
      """
      update inventory.product set sku = ?, name = ?, description = ?, category = ?, price = ?,
        currency = ?, min_stock = ?, active = ?, version = ?, updated_at = ?
      where id = ?
      """;

  private static final String STOCKED =
      "select "
          + COLUMNS
          + """
            , s.physical, s.reserved
          from inventory.product p join inventory.stock s on s.product_id = p.id
          """;

  private static final String FIND = STOCKED + "where p.id = ?\n";

  private static final String LIST =
      STOCKED
          + """
          where (?::text is null or strpos(lower(p.name), lower(?::text)) > 0
              or strpos(lower(p.sku), lower(?::text)) > 0 or strpos(lower(p.description), lower(?::text)) > 0)
            and (?::text is null or p.category = ?::text)
            and (?::text is null or p.sku = ?::text)
            and (not ? or (p.active and s.physical - s.reserved <= p.min_stock))
            and (?::uuid is null or p.id < ?::uuid)
          order by p.id desc
          limit ?
          """;

  @Override
  public boolean add(Product product, UnitOfWork tx) {
    return Jdbc.in(tx)
            .update(
                ADD,
                Jdbc.bound(
                    product.id(),
                    product.sku().value(),
                    product.name().value(),
                    product.description().value(),
                    product.category().value(),
                    product.price().amount(),
                    product.price().currency(),
                    product.minStock().value(),
                    product.active(),
                    product.version(),
                    product.createdAt(),
                    product.updatedAt()))
        == 1;
  }

  @Override
  public Optional<Product> lock(UUID id, UnitOfWork tx) {
    return Optional.ofNullable(
        DataAccessUtils.singleResult(
            Jdbc.in(tx).query(LOCK, Jdbc.bound(id), (row, number) -> product(row))));
  }

  @Override
  public boolean replace(Product product, UnitOfWork tx) {
    try {
      Jdbc.in(tx)
          .update(
              REPLACE,
              Jdbc.bound(
                  product.sku().value(),
                  product.name().value(),
                  product.description().value(),
                  product.category().value(),
                  product.price().amount(),
                  product.price().currency(),
                  product.minStock().value(),
                  product.active(),
                  product.version(),
                  product.updatedAt(),
                  product.id()));
      return true;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }

  @Override
  public Optional<StockedProduct> find(UUID id, UnitOfWork tx) {
    return Optional.ofNullable(
        DataAccessUtils.singleResult(
            Jdbc.in(tx).query(FIND, Jdbc.bound(id), (row, number) -> stocked(row))));
  }

  @Override
  public List<StockedProduct> list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
    String text = filter.text();
    return Jdbc.in(tx)
        .query(
            LIST,
            Jdbc.bound(
                text,
                text,
                text,
                text,
                filter.category(),
                filter.category(),
                filter.sku(),
                filter.sku(),
                filter.onlyLow(),
                before,
                before,
                limit),
            (row, number) -> stocked(row));
  }

  private static StockedProduct stocked(ResultSet row) throws SQLException {
    return new StockedProduct(product(row), row.getInt("physical"), row.getInt("reserved"));
  }

  private static Product product(ResultSet row) throws SQLException {
    return new Product(
        Jdbc.uuid(row, "id"),
        new Sku(row.getString("sku")),
        new ProductName(row.getString("name")),
        new Description(row.getString("description")),
        new Category(row.getString("category")),
        // The column has four digits for every currency; Money wants the currency's own.
        new Money(row.getBigDecimal("price").stripTrailingZeros(), row.getString("currency")),
        new MinStock(row.getInt("min_stock")),
        row.getBoolean("active"),
        row.getLong("version"),
        Jdbc.instant(row, "created_at"),
        Jdbc.instant(row, "updated_at"));
  }
}
