package dev.reserva.operations.adapters.integrity;

import dev.reserva.messaging.Transactions;
import dev.reserva.operations.application.KeyEvents;
import dev.reserva.operations.application.ReadKeys;
import dev.reserva.operations.application.SystemBooks.DatabaseKeys;
import dev.reserva.platform.integrity.OrderClaims;
import dev.reserva.platform.integrity.OrderClaims.Held.Holding;
import dev.reserva.platform.integrity.OrderClaims.Paid.Takings;
import dev.reserva.platform.integrity.OrderClaims.Shipped.Parcel;
import dev.reserva.platform.integrity.OrderClaims.Sold.Order;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the services on the database of this process claim about orders. */
public final class DatabaseClaims {

  private final Transactions transactions;
  private final List<OrderClaims> claims;
  private final Set<String> services;
  private final ReadKeys keys;

  /**
   * @param claims of the services of this process
   * @param services their names
   */
  public DatabaseClaims(
      Transactions transactions, List<OrderClaims> claims, Set<String> services, ReadKeys keys) {
    this.transactions = transactions;
    this.claims = List.copyOf(claims);
    this.services = Set.copyOf(services);
    this.keys = keys;
  }

  Set<String> services() {
    return services;
  }

  /**
   * Orders in order of their ids; none if sales does not run here.
   *
   * @param after continue after this id; null for the first
   */
  List<Order> orders(@Nullable UUID after, int limit) {
    return of(OrderClaims.Sold.class)
        .map(sold -> transactions.snapshot(tx -> sold.orders(tx, after, limit)))
        .orElse(List.of());
  }

  /**
   * What is claimed about certain orders, by the services of one database.
   *
   * @param orders empty if sales has another database
   * @param holdings empty if inventory has another database
   * @param takings empty if financial has another database
   * @param parcels empty if logistics has another database
   */
  record Claims(
      List<Order> orders,
      Map<UUID, Holding> holdings,
      Map<UUID, Takings> takings,
      Map<UUID, List<Parcel>> parcels) {

    Claims {
      // A process of a version without shipments does not tell of any.
      parcels = Objects.requireNonNullElse(parcels, Map.of());
    }
  }

  Claims about(List<UUID> orderIds) {
    return transactions.snapshot(tx ->
        new Claims(
            of(OrderClaims.Sold.class).map(sold -> sold.orders(tx, orderIds)).orElse(List.of()),
            of(OrderClaims.Held.class).map(held -> held.holdings(tx, orderIds)).orElse(Map.of()),
            of(OrderClaims.Paid.class).map(paid -> paid.takings(tx, orderIds)).orElse(Map.of()),
            of(OrderClaims.Shipped.class)
                .map(shipped -> shipped.parcels(tx, orderIds))
                .orElse(Map.of())));
  }

  DatabaseKeys keys(List<UUID> asked) {
    Map<UUID, KeyEvents> read = keys.read(asked);
    return new DatabaseKeys(services, read);
  }

  private <T extends OrderClaims> Optional<T> of(Class<T> kind) {
    return claims.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
