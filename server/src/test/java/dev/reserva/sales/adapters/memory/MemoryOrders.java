package dev.reserva.sales.adapters.memory;

import dev.reserva.contracts.Text;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import dev.reserva.sales.application.Orders;
import dev.reserva.sales.application.Scope;
import dev.reserva.sales.domain.CancellationReason;
import dev.reserva.sales.domain.Deadlines;
import dev.reserva.sales.domain.Order;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.OrderStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sales' orders. */
public final class MemoryOrders implements Orders {

  public record Row(
      OrderState state, List<OrderLine> lines, @Nullable UUID requestKey, boolean byCustomer) {
    Row with(OrderState changed) {
      return new Row(changed, lines, requestKey, byCustomer);
    }

    Row with(List<OrderLine> others) {
      return new Row(state, List.copyOf(others), requestKey, byCustomer);
    }

    /** Whether the customer's own login holds stock by it, or is about to, without having paid. */
    public boolean isHeldByCustomer() {
      return byCustomer
          && (state.status() == OrderStatus.PENDING
              || state.status() == OrderStatus.PENDING_PAYMENT);
    }

    boolean isGivenUpByCustomer() {
      return byCustomer && state.reason() != null && state.reason().isGivingUp();
    }
  }

  public static MemoryTable<UUID, Row> table(MemoryDatabase database) {
    return database.table("sales.order");
  }

  private static MemoryTable<UUID, Row> rows(UnitOfWork tx) {
    return table(tx.resource(MemoryDatabase.class));
  }

  @Override
  public void add(List<New> orders, UnitOfWork tx) {
    for (New order : orders) {
      if (rows(tx).get(order.order().id()).isPresent()) {
        throw new IllegalStateException("there is an order " + order.order().id());
      }
      rows(tx)
          .put(
              order.order().id(),
              new Row(
                  order.order().state(), order.lines(), order.requestKey(), order.byCustomer()));
    }
  }

  @Override
  public Map<UUID, Order> lock(Collection<UUID> ids, UnitOfWork tx) {
    var locked = new LinkedHashMap<UUID, Order>();
    for (UUID id : new TreeSet<>(ids)) {
      rows(tx).get(id).ifPresent(row -> locked.put(id, Order.of(row.state())));
    }
    return locked;
  }

  @Override
  public Optional<Order> lock(UUID id, Scope scope, UnitOfWork tx) {
    return find(id, scope, tx).map(Order::of);
  }

  @Override
  public List<Order> lockExpired(Deadlines deadlines, Instant now, int limit, UnitOfWork tx) {
    return rows(tx).values().stream()
        .map(Row::state)
        .filter(order -> deadlines.isExpired(order.status(), order.updatedAt(), now))
        .sorted(Comparator.comparing(order -> order.id().toString()))
        .limit(limit)
        .map(Order::of)
        .toList();
  }

  @Override
  public void rewrite(Order draft, List<OrderLine> lines, UnitOfWork tx) {
    rows(tx).put(draft.id(), rows(tx).get(draft.id()).orElseThrow().with(lines));
  }

  @Override
  public void remove(Collection<Order> drafts, UnitOfWork tx) {
    drafts.forEach(draft -> rows(tx).remove(draft.id()));
  }

  @Override
  public List<Order> lockLate(Deadlines deadlines, Instant now, int limit, UnitOfWork tx) {
    return rows(tx).values().stream()
        .map(Row::state)
        .filter(order -> order.isLate(deadlines, now))
        .sorted(Comparator.comparing(OrderState::createdAt))
        .limit(limit)
        .map(Order::of)
        .toList();
  }

  @Override
  public List<OrderState> late(
      Deadlines deadlines, Instant now, @Nullable UUID before, int limit, UnitOfWork tx) {
    return highestFirst(
            rows(tx).values().stream()
                .map(Row::state)
                .filter(order -> order.isLate(deadlines, now))
                .filter(order ->
                    before == null || order.id().toString().compareTo(before.toString()) < 0))
        .limit(limit)
        .toList();
  }

  @Override
  public List<OrderState> find(Collection<UUID> ids, UnitOfWork tx) {
    return highestFirst(rows(tx).values().stream().map(Row::state))
        .filter(order -> ids.contains(order.id()))
        .toList();
  }

  private static Stream<OrderState> highestFirst(Stream<OrderState> orders) {
    return orders.sorted(
        Comparator.comparing((OrderState order) -> order.id().toString()).reversed());
  }

  @Override
  public void save(Collection<Order> orders, UnitOfWork tx) {
    for (Order order : orders) {
      if (order.changed()) {
        Row before = rows(tx).get(order.id()).orElseThrow();
        rows(tx).put(order.id(), before.with(order.state()));
      }
    }
  }

  @Override
  public Supplier<Map<UUID, List<OrderLine>>> lines(
      Collection<UUID> ids, Scope scope, UnitOfWork tx) {
    var found = new LinkedHashMap<UUID, List<OrderLine>>();
    for (UUID id : ids) {
      rows(tx)
          .get(id)
          .filter(row -> scope.covers(row.state()))
          .ifPresent(row -> found.put(id, row.lines()));
    }
    return () -> found;
  }

  @Override
  public Map<UUID, Unpaid> unpaid(
      Collection<UUID> customers,
      Collection<UUID> products,
      Instant since,
      int mostGivenUp,
      UnitOfWork tx) {
    var unpaid = new LinkedHashMap<UUID, Unpaid>();
    for (UUID customer : customers) {
      List<Row> own =
          rows(tx).values().stream()
              .filter(row -> row.state().customerId().equals(customer))
              .toList();
      List<Row> held = own.stream().filter(Row::isHeldByCustomer).toList();
      Map<UUID, Long> units =
          held.stream()
              .flatMap(row -> row.lines().stream())
              .filter(line -> products.contains(line.productId()))
              .collect(
                  Collectors.groupingBy(
                      OrderLine::productId,
                      Collectors.summingLong(line -> line.quantity().value())));
      List<Instant> givenUp =
          own.stream()
              .filter(Row::isGivenUpByCustomer)
              .map(row -> row.state().createdAt())
              .filter(since::isBefore)
              .sorted(Comparator.reverseOrder())
              .limit(mostGivenUp)
              .toList();
      unpaid.put(customer, new Unpaid(held.size(), units, givenUp));
    }
    return unpaid;
  }

  @Override
  public void markSubmittedByCustomer(Order draft, UnitOfWork tx) {
    Row row = rows(tx).get(draft.id()).orElseThrow();
    rows(tx).put(draft.id(), new Row(row.state(), row.lines(), row.requestKey(), true));
  }

  @Override
  public Optional<OrderState> find(UUID id, Scope scope, UnitOfWork tx) {
    return rows(tx).get(id).map(Row::state).filter(scope::covers);
  }

  @Override
  public Listed list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
    Instant from = filter.from();
    Instant to = filter.to();
    List<OrderState> found =
        rows(tx).values().stream()
            .filter(row -> matches(filter.search(), row))
            .map(Row::state)
            .filter(
                order -> before == null || order.id().toString().compareTo(before.toString()) < 0)
            .filter(order -> filter.status() == null || filter.status() == order.status())
            .filter(order ->
                filter.customerId() == null || filter.customerId().equals(order.customerId()))
            .filter(order -> filter.number() == null || filter.number().equals(order.number()))
            .filter(order -> from == null || !order.createdAt().isBefore(from))
            .filter(order -> to == null || order.createdAt().isBefore(to))
            .sorted(Comparator.comparing((OrderState order) -> order.id().toString()).reversed())
            .limit(limit + 1L)
            .toList();
    return found.size() > limit
        ? new Listed(found.subList(0, limit), found.get(limit - 1).id())
        : new Listed(found, null);
  }

  private static boolean matches(Search search, Row row) {
    String key = search.skuKey();
    String reason = search.reason();
    return (key == null || row.lines().stream().anyMatch(line -> Text.key(line.sku()).equals(key)))
        && (search.total() == null || search.total().covers(row.state().total()))
        && (reason == null
            || isReason(reason.toLowerCase(Locale.ROOT), row.state(), search.everyNote()));
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
