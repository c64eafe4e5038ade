package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.Deadlines;
import dev.reserva.sales.domain.Order;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderNumber;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.TotalRange;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The orders on record. */
public interface Orders {

  /** Adds new orders with their lines. */
  void add(List<New> orders, UnitOfWork tx);

  /** The orders of these ids that exist, as the transaction has left them, locked until it ends. */
  Map<UUID, Order> lock(Collection<UUID> ids, UnitOfWork tx);

  /**
   * The order if it exists and is within the scope, locked as by {@link #lock(Collection,
   * UnitOfWork)}.
   */
  Optional<Order> lock(UUID id, Scope scope, UnitOfWork tx);

  /**
   * Orders past their deadline, the longest waiting first, locked as by {@link #lock(Collection,
   * UnitOfWork)}; those that another transaction has locked are skipped.
   */
  List<Order> lockLate(Deadlines deadlines, Instant now, int limit, UnitOfWork tx);

  /**
   * Drafts that have expired, the oldest first, locked as by {@link #lock(Collection, UnitOfWork)};
   * those that another transaction has locked are skipped.
   */
  List<Order> lockExpired(Deadlines deadlines, Instant now, int limit, UnitOfWork tx);

  /** Gives a draft other lines. It was locked, and is to be {@linkplain #save saved} as well. */
  void rewrite(Order draft, List<OrderLine> lines, UnitOfWork tx);

  /** Deletes drafts with their lines. They were locked. */
  void remove(Collection<Order> drafts, UnitOfWork tx);

  /** Writes changed orders, at the transaction's end at the latest. They were locked or added. */
  void save(Collection<Order> orders, UnitOfWork tx);

  /**
   * The lines of these orders within the scope, each in the order in which they were placed: read
   * with the transaction's next statement, or when they are asked for. They never change once the
   * order is submitted.
   */
  Supplier<Map<UUID, List<OrderLine>>> lines(Collection<UUID> ids, Scope scope, UnitOfWork tx);

  /** The lines of these orders, whoever placed them. */
  default Supplier<Map<UUID, List<OrderLine>>> lines(Collection<UUID> ids, UnitOfWork tx) {
    return lines(ids, Scope.EVERYBODY, tx);
  }

  /** The order if it exists and is within the scope. */
  Optional<OrderState> find(UUID id, Scope scope, UnitOfWork tx);

  /**
   * Newest first. A search looks at a bounded number of orders, so that fewer than the limit, even
   * none, may be listed although there are more.
   *
   * @param before only orders with a lower id: where the last page ended
   */
  Listed list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx);

  /**
   * @param next id that the list goes on before; absent at its end
   */
  record Listed(List<OrderState> orders, @Nullable UUID next) {
    public Listed {
      orders = List.copyOf(orders);
    }
  }

  /**
   * @param lines one per product, at least one
   * @param requestKey identity of the request that placed it, present when the request could be
   *     repeated; read by the check that it never makes two orders
   */
  record New(Order order, List<OrderLine> lines, @Nullable UUID requestKey) {
    public New {
      lines = List.copyOf(lines);
    }

    /** The same order with other lines. */
    public New with(List<OrderLine> others) {
      return new New(order, others, requestKey);
    }
  }

  /**
   * What is absent is not asked for.
   *
   * @param from created then or later
   * @param to created before
   */
  record Filter(
      @Nullable OrderStatus status,
      @Nullable UUID customerId,
      @Nullable OrderNumber number,
      @Nullable Instant from,
      @Nullable Instant to,
      Search search) {

    public static final Filter ANY = new Filter(null, null, null, null, null, Search.NONE);
  }

  /**
   * Conditions that no index answers. What is absent is not asked for.
   *
   * @param skuKey what the SKU of a product of the order is compared by, as it was when it was
   *     ordered
   * @param reason part of the reason for which the order died, or of what was said about it; case
   *     does not matter
   * @param everyNote whether notes are searched that somebody else than the buyer has made
   */
  record Search(
      @Nullable String skuKey,
      @Nullable TotalRange total,
      @Nullable String reason,
      boolean everyNote) {

    public static final Search NONE = new Search(null, null, null, false);
  }
}
