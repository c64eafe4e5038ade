package dev.reserva.sales.application;

import dev.reserva.contracts.Text;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.CancellationReason;
import dev.reserva.sales.domain.Deadlines;
import dev.reserva.sales.domain.Order;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderState;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Orders in a map. Locks nothing: a test has one thread. */
public final class InMemoryOrders implements Orders {

  /** In the database's order, which compares UUIDs as unsigned bytes, as their text does. */
  private final TreeMap<UUID, OrderState> orders =
      new TreeMap<>(Comparator.comparing(UUID::toString));

  private final Map<UUID, List<OrderLine>> lines = new LinkedHashMap<>();

  @Override
  public void add(List<New> added, UnitOfWork tx) {
    for (New order : added) {
      orders.put(order.order().id(), order.order().state());
      lines.put(order.order().id(), order.lines());
    }
  }

  @Override
  public Map<UUID, Order> lock(Collection<UUID> ids, UnitOfWork tx) {
    var locked = new LinkedHashMap<UUID, Order>();
    orders.forEach((id, state) -> {
      if (ids.contains(id)) {
        locked.put(id, Order.of(state));
      }
    });
    return locked;
  }

  @Override
  public Optional<Order> lock(UUID id, Scope scope, UnitOfWork tx) {
    return find(id, scope, tx).map(Order::of);
  }

  @Override
  public List<Order> lockExpired(Deadlines deadlines, Instant now, int limit, UnitOfWork tx) {
    return orders.values().stream()
        .filter(order -> deadlines.isExpired(order.status(), order.updatedAt(), now))
        .limit(limit)
        .map(Order::of)
        .toList();
  }

  @Override
  public void rewrite(Order draft, List<OrderLine> others, UnitOfWork tx) {
    lines.put(draft.id(), List.copyOf(others));
  }

  @Override
  public void remove(Collection<Order> drafts, UnitOfWork tx) {
    for (Order draft : drafts) {
      orders.remove(draft.id());
      lines.remove(draft.id());
    }
  }

  @Override
  public List<Order> lockLate(Deadlines deadlines, Instant now, int limit, UnitOfWork tx) {
    return orders.values().stream()
        .filter(order -> deadlines.isLate(order.status(), order.updatedAt(), now))
        .sorted(Comparator.comparing(OrderState::createdAt))
        .limit(limit)
        .map(Order::of)
        .toList();
  }

  @Override
  public void save(Collection<Order> changed, UnitOfWork tx) {
    changed.stream().filter(Order::changed).forEach(order -> orders.put(order.id(), order.state()));
  }

  @Override
  public Supplier<Map<UUID, List<OrderLine>>> lines(
      Collection<UUID> ids, Scope scope, UnitOfWork tx) {
    var found = new LinkedHashMap<UUID, List<OrderLine>>();
    for (UUID id : ids) {
      List<OrderLine> known = lines.get(id);
      if (known != null && find(id, scope, tx).isPresent()) {
        found.put(id, known);
      }
    }
    return () -> found;
  }

  @Override
  public Optional<OrderState> find(UUID id, Scope scope, UnitOfWork tx) {
    return Optional.ofNullable(orders.get(id)).filter(scope::covers);
  }

  @Override
  public Listed list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
    Instant from = filter.from();
    Instant to = filter.to();
    List<OrderState> found =
        orders.descendingMap().values().stream()
            .filter(
                order -> before == null || order.id().toString().compareTo(before.toString()) < 0)
            .filter(order -> filter.status() == null || filter.status() == order.status())
            .filter(order ->
                filter.customerId() == null || filter.customerId().equals(order.customerId()))
            .filter(order -> filter.number() == null || filter.number().equals(order.number()))
            .filter(
                order -> matches(filter.search(), order, lines.getOrDefault(order.id(), List.of())))
            .filter(order -> from == null || !order.createdAt().isBefore(from))
            .filter(order -> to == null || order.createdAt().isBefore(to))
            .limit(limit + 1L)
            .toList();
    return found.size() > limit
        ? new Listed(found.subList(0, limit), found.get(limit - 1).id())
        : new Listed(found, null);
  }

  /** Whether an order fits a search. */
  public static boolean matches(Search search, OrderState order, List<OrderLine> lines) {
    String key = search.skuKey();
    String reason = search.reason();
    return (key == null || lines.stream().anyMatch(line -> Text.key(line.sku()).equals(key)))
        && (search.total() == null || search.total().covers(order.total()))
        && (reason == null || isReason(reason.toLowerCase(Locale.ROOT), order, search.everyNote()));
  }

  private static boolean isReason(String text, OrderState order, boolean everyNote) {
    CancellationReason why = order.reason();
    String note = order.note();
    return why != null
        && (why.wire().contains(text)
            || (note != null
                && note.toLowerCase(Locale.ROOT).contains(text)
                && (everyNote || why == CancellationReason.CUSTOMER_REQUEST)));
  }
}
