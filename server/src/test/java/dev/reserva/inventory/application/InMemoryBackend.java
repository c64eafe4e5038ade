package dev.reserva.inventory.application;

import dev.reserva.contracts.Contract;
import dev.reserva.contracts.Contracts;
import dev.reserva.inventory.domain.LedgerEntry;
import dev.reserva.inventory.domain.Product;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.ReservationStatus;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventType;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.PayloadCodec;
import dev.reserva.messaging.Sessions;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Inventory in memory, one transaction after the other. It has no locks and takes nothing back when
 * a transaction fails.
 */
public final class InMemoryBackend implements Backend, Transactions {

  private final Map<UUID, Product> products = new LinkedHashMap<>();
  private final Map<UUID, StockLevel> levels = new LinkedHashMap<>();
  private final Map<UUID, Reservation> reservations = new LinkedHashMap<>();
  private final List<LedgerEntry> ledger = new ArrayList<>();
  private final EventCatalogue catalogue = catalogue();
  private final Ids ids = Ids.timeOrdered();

  /** The published language, with payloads as text that nobody reads back. */
  public static EventCatalogue catalogue() {
    return new EventCatalogue(
        Contracts.ALL.stream().<EventType<?>>map(InMemoryBackend::type).toList(),
        new PayloadCodec() {
          @Override
          public String encode(Object payload) {
            return "{\"text\": \"%s\"}".formatted(payload);
          }

          @Override
          public <T> T decode(String data, Class<T> payload) {
            throw new Unprocessable("not read in this test: " + data);
          }
        });
  }

  private static <T> EventType<T> type(Contract<T> contract) {
    return new EventType<>(contract.name(), contract.payload(), contract.subject(), contract.key());
  }

  @Override
  public Transactions transactions() {
    return this;
  }

  @Override
  public Products products() {
    return new InMemoryProducts();
  }

  @Override
  public Stocks stocks() {
    return new InMemoryStocks();
  }

  @Override
  public Reservations reservations() {
    return new InMemoryReservations();
  }

  @Override
  public void expireAt(UUID orderId, Instant expiresAt) {
    reservations.computeIfPresent(
        orderId,
        (id, it) ->
            new Reservation(
                it.id(),
                it.orderId(),
                it.status(),
                it.lines(),
                expiresAt,
                it.createdAt(),
                it.endedAt(),
                it.renewals(),
                it.settled(),
                it.returnedAt()));
  }

  @Override
  public <R> R call(Function<UnitOfWork, R> work) {
    InMemoryUnitOfWork tx = new InMemoryUnitOfWork();
    R result = work.apply(tx);
    tx.sessions.flush();
    return result;
  }

  @Override
  public <R> R snapshot(Function<UnitOfWork, R> work) {
    return work.apply(new InMemoryUnitOfWork());
  }

  private final class InMemoryUnitOfWork implements UnitOfWork {
    private final Sessions sessions = new Sessions();

    @Override
    public Event publish(Object fact, Cause cause) {
      return catalogue.envelop(ids.next(), fact, cause, now());
    }

    @Override
    public void publish(Event event) {}

    @Override
    public Instant now() {
      return Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public <T> T resource(Class<T> technology) {
      throw new IllegalArgumentException("this is a transaction in memory, not on " + technology);
    }

    @Override
    public <S extends Session> S session(Class<S> type, Supplier<S> open) {
      return sessions.get(type, open);
    }

    @Override
    public void afterCommit(Runnable action) {
      action.run();
    }
  }

  private final class InMemoryProducts implements Products {
    @Override
    public Set<UUID> add(List<Product> wanted, UnitOfWork tx) {
      Set<UUID> added = new HashSet<>();
      for (Product product : wanted) {
        if (!isTaken(product)) {
          products.put(product.id(), product);
          levels.put(product.id(), level(product, 0, 0));
          added.add(product.id());
        }
      }
      return added;
    }

    @Override
    public Map<String, Sku> taken(Collection<Sku> skus, UnitOfWork tx) {
      Set<String> keys = skus.stream().map(Sku::key).collect(Collectors.toSet());
      return products.values().stream()
          .map(Product::sku)
          .filter(sku -> keys.contains(sku.key()))
          .collect(Collectors.toMap(Sku::key, Function.identity()));
    }

    @Override
    public Optional<Product> lock(UUID id, UnitOfWork tx) {
      return Optional.ofNullable(products.get(id));
    }

    @Override
    public boolean replace(Product product, UnitOfWork tx) {
      if (isTaken(product)) {
        return false;
      }
      products.put(product.id(), product);
      levels.computeIfPresent(
          product.id(), (id, level) -> level(product, level.physical(), level.reserved()));
      return true;
    }

    @Override
    public Optional<StockedProduct> find(UUID id, UnitOfWork tx) {
      return Optional.ofNullable(products.get(id)).map(InMemoryBackend.this::stocked);
    }

    @Override
    public List<StockedProduct> list(
        Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
      return products.values().stream()
          .filter(it -> before == null || it.id().toString().compareTo(before.toString()) < 0)
          .filter(it -> filter.sku() == null || it.sku().key().equals(filter.sku().key()))
          .filter(
              it -> filter.category() == null || it.category().value().equals(filter.category()))
          .filter(it -> filter.active() == null || filter.active() == it.active())
          .filter(it -> filter.text() == null || mentions(it, filter.text()))
          .map(InMemoryBackend.this::stocked)
          .filter(it -> !filter.onlyLow() || isLow(it))
          .sorted(
              Comparator.comparing((StockedProduct it) -> it.product().id().toString()).reversed())
          .limit(limit)
          .toList();
    }

    private boolean isTaken(Product product) {
      return products.values().stream()
          .anyMatch(
              it -> it.sku().key().equals(product.sku().key()) && !it.id().equals(product.id()));
    }

    private static boolean mentions(Product product, String text) {
      return "%s\n%s\n%s"
          .formatted(product.name().value(), product.sku().value(), product.description().value())
          .toLowerCase(Locale.ROOT)
          .contains(text.toLowerCase(Locale.ROOT));
    }
  }

  private static boolean isLow(Products.StockedProduct stocked) {
    return stocked.product().active()
        && stocked.available() <= stocked.product().minStock().value();
  }

  private static StockLevel level(Product product, int physical, int reserved) {
    return new StockLevel(
        product.id(),
        product.sku().value(),
        product.minStock().value(),
        product.active(),
        physical,
        reserved);
  }

  private Products.StockedProduct stocked(Product product) {
    StockLevel level = Objects.requireNonNull(levels.get(product.id()));
    return new Products.StockedProduct(product, level.physical(), level.reserved());
  }

  private final class InMemoryStocks implements Stocks {
    @Override
    public List<StockLevel> lock(
        Collection<UUID> productIds, Collection<UUID> orderIds, UnitOfWork tx) {
      Set<UUID> wanted = new HashSet<>(productIds);
      reservations.values().stream()
          .filter(it -> orderIds.contains(it.orderId()))
          .flatMap(it -> it.lines().stream())
          .forEach(line -> wanted.add(line.productId()));
      return levels.values().stream().filter(it -> wanted.contains(it.productId())).toList();
    }

    @Override
    public void save(
        List<StockLevel> changed, List<LedgerEntry> entries, Instant at, UnitOfWork tx) {
      changed.forEach(level -> levels.put(level.productId(), level));
      ledger.addAll(entries);
    }

    @Override
    public Stats stats(UnitOfWork tx) {
      var all = products.values().stream().map(InMemoryBackend.this::stocked).toList();
      return new Stats(
          all.size(),
          all.stream().mapToLong(Products.StockedProduct::stock).sum(),
          all.stream().mapToLong(Products.StockedProduct::reserved).sum(),
          all.stream().filter(InMemoryBackend::isLow).count(),
          all.stream().filter(it -> it.product().active() && it.available() == 0).count(),
          reservations.values().stream().filter(Reservation::isOpen).count());
    }
  }

  private final class InMemoryReservations implements Reservations {
    @Override
    public Supplier<List<Reservation>> lockByOrder(Collection<UUID> orderIds, UnitOfWork tx) {
      List<Reservation> found =
          reservations.values().stream().filter(it -> orderIds.contains(it.orderId())).toList();
      return () -> found;
    }

    @Override
    public Optional<Reservation> lock(UUID id, UnitOfWork tx) {
      return find(id, tx);
    }

    @Override
    public List<Reservation> lockOverdue(int limit, UnitOfWork tx) {
      return reservations.values().stream()
          .filter(it -> it.isOverdue(tx.now()))
          .sorted(Comparator.comparing(Reservation::expiresAt))
          .limit(limit)
          .toList();
    }

    @Override
    public void add(List<Reservation> added, UnitOfWork tx) {
      added.forEach(it -> reservations.put(it.orderId(), it));
    }

    @Override
    public void replace(List<Reservation> changed, UnitOfWork tx) {
      changed.forEach(it -> reservations.put(it.orderId(), it));
    }

    @Override
    public Optional<Reservation> find(UUID id, UnitOfWork tx) {
      return visible().filter(it -> it.id().equals(id)).findFirst();
    }

    @Override
    public List<Reservation> list(
        @Nullable ReservationStatus status,
        @Nullable UUID orderId,
        @Nullable UUID before,
        int limit,
        UnitOfWork tx) {
      return visible()
          .filter(it -> status == null || it.status() == status)
          .filter(it -> orderId == null || it.orderId().equals(orderId))
          .filter(it -> before == null || it.id().toString().compareTo(before.toString()) < 0)
          .sorted(Comparator.comparing((Reservation it) -> it.id().toString()).reversed())
          .limit(limit)
          .toList();
    }

    private java.util.stream.Stream<Reservation> visible() {
      return reservations.values().stream().filter(it -> !it.isTombstone());
    }
  }
}
