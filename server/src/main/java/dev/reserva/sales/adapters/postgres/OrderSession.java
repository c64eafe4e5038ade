package dev.reserva.sales.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.UnitOfWork.Session;
import dev.reserva.sales.application.Orders;
import dev.reserva.sales.domain.AwaitedUnits;
import dev.reserva.sales.domain.Order;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.Reservation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The orders that a transaction has locked or added. Each is one object and is written once. */
final class OrderSession implements Session {

  private final UnitOfWork tx;
  private final Map<UUID, Order> orders = new LinkedHashMap<>();

  /** Orders that this transaction has added and not yet written. */
  private final Map<UUID, Orders.New> born = new LinkedHashMap<>();

  /** The lines of orders that this transaction has added or read. */
  private final Map<UUID, List<OrderLine>> lines = new HashMap<>();

  /** The orders as their rows in the database are. */
  private final Map<UUID, OrderState> written = new HashMap<>();

  /** Drafts whose lines are to be written anew. */
  private final Map<UUID, Order> rewritten = new LinkedHashMap<>();

  /** Drafts to be deleted. */
  private final Set<UUID> removed = new LinkedHashSet<>();

  OrderSession(UnitOfWork tx) {
    this.tx = tx;
  }

  static OrderSession of(UnitOfWork tx) {
    return tx.session(OrderSession.class, () -> new OrderSession(tx));
  }

  /** An order that the transaction has locked or made; null for any other. */
  @Nullable Order get(UUID id) {
    return orders.get(id);
  }

  /** The lines of an order, if the transaction has made the order or read them; else null. */
  @Nullable List<OrderLine> linesOf(UUID id) {
    return lines.get(id);
  }

  void make(Orders.New made) {
    UUID id = made.order().id();
    orders.put(id, made.order());
    born.put(id, made);
    lines.put(id, made.lines());
  }

  /** Takes a row that the transaction has locked. */
  Order keep(OrderState row) {
    return orders.computeIfAbsent(
        row.id(),
        id -> {
          written.put(id, row);
          return Order.of(row);
        });
  }

  /** Takes lines that the transaction has read. */
  void keepLines(UUID id, List<OrderLine> read) {
    lines.putIfAbsent(id, List.copyOf(read));
  }

  /** Gives a draft that the transaction has locked or made other lines. */
  void rewrite(Order draft, List<OrderLine> others) {
    lines.put(draft.id(), List.copyOf(others));
    if (born.computeIfPresent(draft.id(), (_, made) -> made.with(others)) == null) {
      rewritten.put(draft.id(), draft);
    }
  }

  /** Forgets a draft that the transaction has locked or made. */
  void remove(UUID id) {
    orders.remove(id);
    lines.remove(id);
    rewritten.remove(id);
    if (born.remove(id) == null) {
      removed.add(id);
    }
  }

  private boolean isNewlyNoted(OrderState order) {
    OrderState before = written.get(order.id());
    return order.note() != null && (before == null || before.note() == null);
  }

  /** Whether other locations than the default one hold its stock, and that is not written. */
  private boolean isNewlyPlaced(OrderState order) {
    Reservation held = order.reservation();
    OrderState before = written.get(order.id());
    Reservation heldBefore = before == null ? null : before.reservation();
    return held != null
        && !held.held().isEmpty()
        && (heldBefore == null || !heldBefore.held().equals(held.held()));
  }

  /** Whether what it waits for, or until when, is not written. */
  private boolean waitsDifferently(OrderState order) {
    OrderState before = written.get(order.id());
    return !Objects.equals(order.waitsUntil(), before == null ? null : before.waitsUntil())
        || !awaited(order).equals(before == null ? List.of() : awaited(before));
  }

  private static List<AwaitedUnits> awaited(OrderState order) {
    Reservation held = order.reservation();
    return held == null ? List.of() : held.awaited();
  }

  private List<OrderState> that(Predicate<OrderState> differ) {
    return orders.values().stream().map(Order::state).filter(differ).toList();
  }

  @Override
  public void flush() {
    if (!removed.isEmpty()) {
      OrderWrites.delete(removed, tx);
      removed.clear();
    }
    // Before new orders count as written: their insert leaves these out.
    List<OrderState> noted = that(this::isNewlyNoted);
    List<OrderState> placed = that(this::isNewlyPlaced);
    List<OrderState> waiting = that(this::waitsDifferently);
    if (!born.isEmpty()) {
      OrderWrites.insert(List.copyOf(born.values()), tx);
      born.values().forEach(made -> written.put(made.order().id(), made.order().state()));
      born.clear();
    }
    List<OrderState> changed = new ArrayList<>();
    orders.forEach((id, order) -> {
      if (!order.state().equals(written.get(id))) {
        changed.add(order.state());
        written.put(id, order.state());
      }
    });
    if (!changed.isEmpty()) {
      OrderWrites.update(changed, tx);
    }
    if (!placed.isEmpty()) {
      HoldWrites.held(placed, tx);
    }
    if (!waiting.isEmpty()) {
      HoldWrites.awaited(waiting, tx);
    }
    if (!noted.isEmpty()) {
      OrderWrites.note(noted, tx);
    }
    rewritten.forEach(
        (id, draft) -> OrderWrites.rewrite(draft.state(), lines.getOrDefault(id, List.of()), tx));
    rewritten.clear();
  }
}
