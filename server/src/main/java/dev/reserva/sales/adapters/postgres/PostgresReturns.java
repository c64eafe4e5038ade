package dev.reserva.sales.adapters.postgres;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Conditions;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.sales.adapters.postgres.PartColumns.OfLine;
import dev.reserva.sales.application.Returns;
import dev.reserva.sales.application.Scope;
import dev.reserva.sales.domain.Delivery;
import dev.reserva.sales.domain.Destination;
import dev.reserva.sales.domain.LineTax;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.Part;
import dev.reserva.sales.domain.Quantity;
import dev.reserva.sales.domain.Return;
import dev.reserva.sales.domain.ReturnStatus;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tables {@code sales.return} and {@code sales.delivery}. */
public final class PostgresReturns implements Returns {

  private static final String SELECT =
      """
      select id, order_id, customer_id, status, product_ids, skus, names, quantities, unit_prices,
        tax_codes, tax_rates, taxes, taxes_included, currency, refund, refunded, restock, location, reason, note, requested_at, decided_at,
        received_at, refunded_at, version, part_lines, part_ids, part_skus, part_names, part_quantities
      from sales.return
      """;

  private static final String ADD =
      """
      insert into sales.return (id, order_id, customer_id, status, product_ids, skus, names,
        quantities, unit_prices, tax_codes, tax_rates, taxes, taxes_included, currency, refund, restock,
        location, reason, requested_at, version, part_lines, part_ids, part_skus, part_names,
        part_quantities)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::text[], ?::numeric[], ?::numeric[], ?::boolean[], ?, ?, ?, ?, ?, ?, ?,
        ?::int[], ?::uuid[], ?::text[], ?::text[], ?::int[])
      """;

  private static final String LOCK = SELECT + "where id = any (?) order by id for update";

  private static final String OF_ORDER = SELECT + "where order_id = ? order by id";

  private static final String FIND =
      SELECT + "where id = ? and (?::uuid is null or customer_id = ?)";

  private static final String SAVE =
      """
      update sales.return r
      set status = n.status, refund = n.refund, refunded = n.refunded, restock = n.restock,
        location = n.location, note = n.note, decided_at = n.decided_at,
        received_at = n.received_at, refunded_at = n.refunded_at, version = n.version
      from unnest(?::uuid[], ?::text[], ?::numeric[], ?::numeric[], ?::boolean[], ?::text[],
        ?::text[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::integer[])
        as n (id, status, refund, refunded, restock, location, note, decided_at, received_at,
          refunded_at, version)
      where r.id = n.id
      """;

  private static final String ARRIVED =
      """
      insert into sales.delivery (shipment_id, order_id, product_ids, quantities)
      values (?, ?, ?, ?)
      on conflict do nothing
      """;

  private static final String ARRIVED_OF =
      """
      select line.product_id, sum(line.quantity) as quantity
      from sales.delivery d, unnest(d.product_ids, d.quantities) as line (product_id, quantity)
      where d.order_id = ?
      group by line.product_id
      """;

  @Override
  public void add(Return goods, UnitOfWork tx) {
    List<OrderLine> lines = goods.lines();
    List<OfLine> parts = OfLine.all(lines);
    boolean taxed = lines.stream().anyMatch(line -> line.tax() != null || line.taxCode() != null);
    Statements.of(tx)
        .write(
            ADD,
            goods.id(),
            goods.orderId(),
            goods.customerId(),
            goods.status().name(),
            Columns.uuids(lines, OrderLine::productId),
            Columns.texts(lines, OrderLine::sku),
            Columns.texts(lines, OrderLine::name),
            Columns.integers(lines, line -> line.quantity().value()),
            Columns.numbers(lines, line -> line.unitPrice().amount()),
            taxed ? Columns.texts(lines, OrderLine::taxCode) : null,
            taxed ? Columns.numbers(lines, line -> TaxColumns.rate(line.tax())) : null,
            taxed ? Columns.numbers(lines, line -> TaxColumns.amount(line.tax())) : null,
            taxed ? Columns.booleans(lines, line -> TaxColumns.included(line.tax())) : null,
            goods.refund().currency(),
            goods.refund().amount(),
            goods.destination().restock(),
            goods.destination().location(),
            goods.reason(),
            goods.requestedAt(),
            goods.version(),
            PartColumns.of(parts, OfLine::line),
            PartColumns.of(parts, it -> it.part().productId()),
            PartColumns.of(parts, it -> it.part().sku()),
            PartColumns.of(parts, it -> it.part().name()),
            PartColumns.of(parts, it -> it.part().quantity()));
  }

  @Override
  public Map<UUID, Return> lock(Collection<UUID> ids, UnitOfWork tx) {
    var locked = new LinkedHashMap<UUID, Return>();
    Statements.of(tx)
        .queryAndClock(LOCK, PostgresReturns::goods, (Object) ids.toArray(UUID[]::new))
        .forEach(row -> locked.put(row.id(), row));
    return locked;
  }

  @Override
  public void save(Collection<Return> returns, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            SAVE,
            Columns.uuids(returns, Return::id),
            Columns.texts(returns, it -> it.status().name()),
            Columns.numbers(returns, it -> it.refund().amount()),
            Columns.numbers(returns, it -> amount(it.refunded())),
            Columns.booleans(returns, it -> it.destination().restock()),
            Columns.texts(returns, it -> it.destination().location()),
            Columns.texts(returns, Return::note),
            Columns.instants(returns, Return::decidedAt),
            Columns.instants(returns, Return::receivedAt),
            Columns.instants(returns, Return::refundedAt),
            Columns.integers(returns, Return::version));
  }

  private static @Nullable BigDecimal amount(@Nullable Money money) {
    return money == null ? null : money.amount();
  }

  @Override
  public List<Return> ofOrder(UUID orderId, UnitOfWork tx) {
    return Statements.of(tx).query(OF_ORDER, PostgresReturns::goods, orderId);
  }

  @Override
  public Optional<Return> find(UUID id, Scope scope, UnitOfWork tx) {
    UUID customer = scope.customerId();
    return Statements.of(tx).query(FIND, PostgresReturns::goods, id, customer, customer).stream()
        .findFirst();
  }

  @Override
  public void arrived(Collection<Delivery> deliveries, UnitOfWork tx) {
    for (Delivery delivery : deliveries) {
      List<Map.Entry<UUID, Integer>> units = List.copyOf(delivery.units().entrySet());
      Statements.of(tx)
          .write(
              ARRIVED,
              delivery.shipmentId(),
              delivery.orderId(),
              Columns.uuids(units, Map.Entry::getKey),
              Columns.integers(units, Map.Entry::getValue));
    }
  }

  @Override
  public Map<UUID, Long> arrivedOf(UUID orderId, UnitOfWork tx) {
    Map<UUID, Long> arrived = new HashMap<>();
    Statements.of(tx)
        .query(
            ARRIVED_OF,
            row -> arrived.put(Rows.uuid(row, "product_id"), row.getLong("quantity")),
            orderId);
    return arrived;
  }

  @Override
  public List<Return> list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
    Conditions conditions =
        new Conditions()
            .andIfPresent("order_id = ?", filter.orderId())
            .andIfPresent("customer_id = ?", filter.customerId())
            .andIfPresent("id < ?", before);
    if (filter.status() != null) {
      conditions.and("status = '" + filter.status() + "'"); // spelt out, as in the partial index
    }
    return Statements.of(tx)
        .query(
            SELECT + conditions.where() + "order by id desc limit ?",
            PostgresReturns::goods,
            conditions.values(limit));
  }

  private static Return goods(ResultSet row) throws SQLException {
    String currency = row.getString("currency");
    BigDecimal refunded = row.getBigDecimal("refunded");
    return new Return(
        Rows.uuid(row, "id"),
        Rows.uuid(row, "order_id"),
        Rows.uuid(row, "customer_id"),
        ReturnStatus.valueOf(row.getString("status")),
        lines(row, currency),
        OrderRows.money(row.getBigDecimal("refund"), currency),
        refunded == null ? null : OrderRows.money(refunded, currency),
        new Destination(row.getBoolean("restock"), row.getString("location")),
        row.getString("reason"),
        row.getString("note"),
        Rows.instant(row, "requested_at"),
        Rows.instantOrNull(row, "decided_at"),
        Rows.instantOrNull(row, "received_at"),
        Rows.instantOrNull(row, "refunded_at"),
        row.getInt("version"));
  }

  private static List<OrderLine> lines(ResultSet row, String currency) throws SQLException {
    UUID[] products = (UUID[]) row.getArray("product_ids").getArray();
    String[] skus = (String[]) row.getArray("skus").getArray();
    String[] names = (String[]) row.getArray("names").getArray();
    Integer[] quantities = (Integer[]) row.getArray("quantities").getArray();
    BigDecimal[] prices = (BigDecimal[]) row.getArray("unit_prices").getArray();
    List<Tax> taxes = taxes(row, products.length, currency);
    List<List<Part>> parts = OfLine.byLine(row, products.length);
    List<OrderLine> lines = new ArrayList<>(products.length);
    for (int i = 0; i < products.length; i++) {
      lines.add(
          new OrderLine(
              products[i],
              skus[i],
              names[i],
              new Quantity(quantities[i]),
              OrderRows.money(prices[i], currency),
              taxes.get(i).code(),
              taxes.get(i).tax(),
              parts.get(i)));
    }
    return lines;
  }

  private record Tax(@Nullable String code, @Nullable LineTax tax) {
    private static final Tax NONE = new Tax(null, null);
  }

  /** The tax of each line. The columns are absent if no line has any. */
  private static List<Tax> taxes(ResultSet row, int lines, String currency) throws SQLException {
    Array amounts = row.getArray("taxes");
    if (amounts == null) {
      return Collections.nCopies(lines, Tax.NONE);
    }
    @Nullable String[] codes = (String[]) row.getArray("tax_codes").getArray();
    @Nullable BigDecimal[] rates = (BigDecimal[]) row.getArray("tax_rates").getArray();
    @Nullable BigDecimal[] taxes = (BigDecimal[]) amounts.getArray();
    @Nullable Boolean[] included = (Boolean[]) row.getArray("taxes_included").getArray();
    List<Tax> all = new ArrayList<>(lines);
    for (int i = 0; i < lines; i++) {
      all.add(new Tax(codes[i], TaxColumns.tax(rates[i], taxes[i], included[i], currency)));
    }
    return all;
  }
}
