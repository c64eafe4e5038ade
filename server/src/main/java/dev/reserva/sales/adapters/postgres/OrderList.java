package dev.reserva.sales.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.sales.application.Orders.Filter;
import dev.reserva.sales.application.Orders.Listed;
import dev.reserva.sales.application.Orders.Search;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.TotalRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A list of orders, newest first. Indexes answer the conditions that they cover. The other
 * conditions are checked on a bounded number of the remaining orders.
 */
final class OrderList {

  /** 5,000 orders: about 50 ms when the lines of each are read. */
  static final int MAX_LOOKED_AT = 5_000;

  /**
   * How far an order's id, made by the server, and its creation, stamped by the database, may lie
   * apart: commands wait in a queue in between, and clocks differ.
   */
  static final Duration SKEW = Duration.ofMinutes(10);

  /** Each row's lines are found by the order's id: never by a scan of all lines. */
  private static final String HAS_SKU =
      """
      (select true from sales.order_line l
        where l.order_id = o.id and normalize(l.sku, nfkc) = ? limit 1)
      """;

  private static final String HAS_REASON =
      """
      (strpos(o.reason, lower(?)) > 0
        or strpos(lower(o.note), lower(?)) > 0 and (? or o.reason = 'customer_request'))
      """;

  private final List<String> indexed = new ArrayList<>();
  private final List<Object> indexedBy = new ArrayList<>();
  private final List<String> searched = new ArrayList<>();
  private final List<Object> searchedFor = new ArrayList<>();

  OrderList(Filter filter, @Nullable UUID before) {
    OrderStatus status = filter.status();
    if (status != null) {
      index(
          status.isUnderWay() ? "under_way_since is not null and status = ?" : "settled = ?",
          status.name());
    }
    if (filter.customerId() != null) {
      index("customer_id = ?", filter.customerId());
    }
    if (filter.number() != null) {
      index("number = ?", filter.number().value());
    }
    if (filter.from() != null) {
      index("created_at >= ? and id >= ?", filter.from(), firstIdAt(filter.from().minus(SKEW)));
    }
    if (filter.to() != null) {
      index("created_at < ? and id < ?", filter.to(), firstIdAt(filter.to().plus(SKEW)));
    }
    if (before != null) {
      index("id < ?", before);
    }
    search(filter.search());
  }

  private void search(Search search) {
    if (search.skuKey() != null) {
      search(HAS_SKU, search.skuKey());
    }
    TotalRange range = search.total();
    if (range != null) {
      search("o.currency = ?", range.currency());
      if (range.min() != null) {
        search("o.total >= ?", range.min().amount());
      }
      if (range.max() != null) {
        search("o.total <= ?", range.max().amount());
      }
    }
    if (search.reason() != null) {
      search(HAS_REASON, search.reason(), search.reason(), search.everyNote());
    }
  }

  private void index(String condition, Object... parameters) {
    indexed.add(condition);
    indexedBy.addAll(List.of(parameters));
  }

  private void search(String condition, Object... parameters) {
    searched.add(condition);
    searchedFor.addAll(List.of(parameters));
  }

  Listed read(int limit, UnitOfWork tx) {
    return searched.isEmpty() ? readByIndex(limit, tx) : readBySearch(limit, tx);
  }

  private Listed readByIndex(int limit, UnitOfWork tx) {
    var parameters = new ArrayList<>(indexedBy);
    parameters.add(limit + 1);
    List<OrderState> found =
        Statements.of(tx)
            .query(
                PostgresOrders.COLUMNS
                    + "from sales.order"
                    + where(indexed)
                    + " order by id desc limit ?",
                OrderRows::state,
                parameters.toArray());
    return listed(found, limit, null);
  }

  private Listed readBySearch(int limit, UnitOfWork tx) {
    Supplier<List<UUID>> last = lastLookedAt(tx);
    List<OrderState> found =
        Statements.of(tx).query(searching(), OrderRows::state, searchParameters(limit));
    return listed(found, limit, last.get().stream().findFirst().orElse(null));
  }

  /** The statement that looks at a bounded number of orders. */
  String searching() {
    return PostgresOrders.COLUMNS
        + "from (select * from sales.order"
        + where(indexed)
        + " order by id desc limit ?) o"
        + where(searched)
        + " order by id desc limit ?";
  }

  Object[] searchParameters(int limit) {
    var parameters = new ArrayList<>(indexedBy);
    parameters.add(MAX_LOOKED_AT);
    parameters.addAll(searchedFor);
    parameters.add(limit + 1);
    return parameters.toArray();
  }

  /** Where the search ends; none when it looks at all that are left. */
  private Supplier<List<UUID>> lastLookedAt(UnitOfWork tx) {
    var parameters = new ArrayList<>(indexedBy);
    parameters.add(MAX_LOOKED_AT - 1);
    return Statements.of(tx)
        .ask(
            "select id from sales.order" + where(indexed) + " order by id desc offset ? limit 1",
            row -> Rows.uuid(row, "id"),
            parameters.toArray());
  }

  private static Listed listed(List<OrderState> found, int limit, @Nullable UUID lastLookedAt) {
    return found.size() > limit
        ? new Listed(found.subList(0, limit), found.get(limit - 1).id())
        : new Listed(found, lastLookedAt);
  }

  private static String where(List<String> conditions) {
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  /** No UUIDv7 of this instant or later is lower. */
  static UUID firstIdAt(Instant time) {
    return new UUID(Math.max(0, time.toEpochMilli()) << 16, 0);
  }
}
