package dev.reserva.operations.adapters.integrity;

import dev.reserva.operations.adapters.integrity.ClaimEndpoints.Ids;
import dev.reserva.operations.adapters.integrity.ClaimEndpoints.Services;
import dev.reserva.operations.adapters.integrity.DatabaseClaims.Claims;
import dev.reserva.operations.application.SystemBooks;
import dev.reserva.operations.domain.OrderBook;
import dev.reserva.platform.integrity.OrderClaims.Held.Holding;
import dev.reserva.platform.integrity.OrderClaims.Paid.Takings;
import dev.reserva.platform.integrity.OrderClaims.Shipped.Parcel;
import dev.reserva.platform.integrity.OrderClaims.Sold.Order;
import dev.reserva.platform.members.Members;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Joins the claims of services on several databases. */
public final class SystemOrderBooks implements SystemBooks {

  private static final String SALES = "sales";
  private static final Set<String> NEEDED = Set.of(SALES, "inventory", "financial");

  /** The own database among the others, whose names have no such character. */
  private static final String OWN = "";

  private static final Duration PAGE_PATIENCE = Duration.ofSeconds(30);

  private final DatabaseClaims own;
  private final Members members;

  public SystemOrderBooks(DatabaseClaims own, Members members) {
    this.own = own;
    this.members = members;
  }

  @Override
  public boolean complete() {
    Set<String> running = new HashSet<>();
    services().values().forEach(running::addAll);
    return running.containsAll(NEEDED);
  }

  private Map<String, Set<String>> services() {
    Map<String, Set<String>> services = new LinkedHashMap<>();
    services.put(OWN, own.services());
    members
        .each(name -> members.ask(name, ClaimEndpoints.SERVICES, Members.SOON, Services.class))
        .forEach((name, answer) -> services.put(name, answer.services()));
    return services;
  }

  @Override
  public List<OrderBook> page(@Nullable UUID after, int limit) {
    List<Order> orders = orders(after, limit);
    if (orders.isEmpty()) {
      return List.of();
    }
    Claims claims = about(orders.stream().map(Order::id).toList());
    return ClaimedOrderBooks.books(orders, claims);
  }

  private List<Order> orders(@Nullable UUID after, int limit) {
    if (own.services().contains(SALES)) {
      return own.orders(after, limit);
    }
    String path =
        ClaimEndpoints.ORDERS + "?limit=" + limit + (after == null ? "" : "&after=" + after);
    List<Order> orders = new ArrayList<>();
    members
        .each(name -> members.ask(name, path, PAGE_PATIENCE, ClaimEndpoints.Orders.class))
        .values()
        .forEach(answer -> orders.addAll(answer.orders()));
    return orders;
  }

  @Override
  public List<OrderBook> of(List<UUID> orderIds) {
    Claims claims = about(orderIds);
    return ClaimedOrderBooks.books(claims.orders(), claims);
  }

  private Claims about(List<UUID> orderIds) {
    List<Claims> all = new ArrayList<>();
    all.add(own.about(orderIds));
    all.addAll(
        members
            .each(name ->
                members.ask(
                    name, ClaimEndpoints.ABOUT, new Ids(orderIds), PAGE_PATIENCE, Claims.class))
            .values());
    List<Order> orders = new ArrayList<>();
    Map<UUID, Holding> holdings = new HashMap<>();
    Map<UUID, Takings> takings = new HashMap<>();
    Map<UUID, List<Parcel>> parcels = new HashMap<>();
    for (Claims claims : all) {
      orders.addAll(claims.orders());
      holdings.putAll(claims.holdings());
      takings.putAll(claims.takings());
      parcels.putAll(claims.parcels());
    }
    return new Claims(orders, holdings, takings, parcels);
  }

  @Override
  public Map<String, DatabaseKeys> keys(List<UUID> keys) {
    Map<String, DatabaseKeys> known = new LinkedHashMap<>();
    known.put(OWN, own.keys(keys));
    known.putAll(
        members.each(name ->
            members.ask(
                name, ClaimEndpoints.KEYS, new Ids(keys), PAGE_PATIENCE, DatabaseKeys.class)));
    return known;
  }
}
