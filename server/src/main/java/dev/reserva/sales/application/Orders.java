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

/** The stored orders. */
public interface Orders {

  /** Adds new orders with their lines. */
  void add(List<New> orders, UnitOfWork tx);

  /**
   * The orders of these ids that exist, with the changes of this transaction, locked until it ends.
   */
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
   * Orders past their deadline, the highest id first; not locked.
   *
   * @param before only orders with a lower id
   */
  List<OrderState> late(
      Deadlines deadlines, Instant now, @Nullable UUID before, int limit, UnitOfWork tx);

  /** The orders of these ids that exist, the highest id first; not locked. */
  List<OrderState> find(Collection<UUID> ids, UnitOfWork tx);

  /**
   * Drafts that have expired, the oldest first, locked as by {@link #lock(Collection, UnitOfWork)};
   * those that another transaction has locked are skipped.
   */
  List<Order> lockExpired(Deadlines deadlines, Instant now, int limit, UnitOfWork tx);

  /** Replaces the lines of a draft. It must be locked, and must be {@linkplain #save saved} too. */
  void rewrite(Order draft, List<OrderLine> lines, UnitOfWork tx);

  /** Deletes drafts with their lines. They must be locked. */
  void remove(Collection<Order> drafts, UnitOfWork tx);

  /**
   * Writes changed orders, at the latest at the end of the transaction. They must be locked or
   * added.
   */
  void save(Collection<Order> orders, UnitOfWork tx);

  /**
   * The lines of these orders within the scope, in their original order. They are read with the
   * transaction's next statement, or when they are used. They never change after the order is
   * submitted.
   */
  Supplier<Map<UUID, List<OrderLine>>> lines(Collection<UUID> ids, Scope scope, UnitOfWork tx);

  /** The lines of these orders of any customer. */
  default Supplier<Map<UUID, List<OrderLine>>> lines(Collection<UUID> ids, UnitOfWork tx) {
    return lines(ids, Scope.EVERYBODY, tx);
  }

  /**
   * What the own logins of customers hold without having paid. The customers must be locked.
   *
   * @param products whose units are counted
   * @param since only orders placed later count as given up
   * @param mostGivenUp most orders of a customer that are reported as given up, the newest
   * @return one for each customer
   */
  Map<UUID, Unpaid> unpaid(
      Collection<UUID> customers,
      Collection<UUID> products,
      Instant since,
      int mostGivenUp,
      UnitOfWork tx);

  /**
   * Records that the customer's own login has submitted a draft, whoever made it. It must be
   * locked.
   */
  void markSubmittedByCustomer(Order draft, UnitOfWork tx);

  /** The order if it exists and is within the scope. */
  Optional<OrderState> find(UUID id, Scope scope, UnitOfWork tx);

  /**
   * Lists orders, newest first. A search reads a bounded number of orders, so a page can have fewer
   * orders than the limit, or none, although there are more.
   *
   * @param before only orders with a lower id: the last one of the previous page
   */
  Listed list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx);

  /**
   * @param next the id before which the next page begins; absent at the end of the list
   */
  record Listed(List<OrderState> orders, @Nullable UUID next) {
    public Listed {
      orders = List.copyOf(orders);
    }
  }

  /**
   * @param lines one per product, at least one
   * @param requestKey identity of the request that placed it, present if the request could be
   *     repeated; an integrity check verifies that no request makes two orders
   * @param byCustomer whether the customer's own login placed it
   */
  record New(Order order, List<OrderLine> lines, @Nullable UUID requestKey, boolean byCustomer) {
    public New {
      lines = List.copyOf(lines);
    }

    /** The same order with other lines. */
    public New with(List<OrderLine> others) {
      return new New(order, others, requestKey, byCustomer);
    }
  }

  /**
   * What the own login of a customer holds without having paid.
   *
   * @param orders number of orders that wait for stock or payment
   * @param units in those orders, by product
   * @param givenUp when the orders were placed that were given up, newest first
   */
  record Unpaid(int orders, Map<UUID, Long> units, List<Instant> givenUp) {
    public Unpaid {
      units = Map.copyOf(units);
      givenUp = List.copyOf(givenUp);
    }
  }

  /**
   * The conditions of a list. An absent one does not restrict it.
   *
   * @param from only orders created at this time or later
   * @param to only orders created before this time
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
   * Conditions that no index answers. An absent one does not restrict the list.
   *
   * @param skuKey the key of the SKU that a product of the order had when it was ordered
   * @param reason part of the reason for which the order was cancelled or failed, or of its note;
   *     case does not matter
   * @param everyNote whether notes of people other than the buyer are searched
   */
  record Search(
      @Nullable String skuKey,
      @Nullable TotalRange total,
      @Nullable String reason,
      boolean everyNote) {

    public static final Search NONE = new Search(null, null, null, false);
  }
}
