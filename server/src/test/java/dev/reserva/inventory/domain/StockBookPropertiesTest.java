package dev.reserva.inventory.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The invariants hold for every sequence of steps. */
class StockBookPropertiesTest {

  private static final List<Place> PLACES =
      List.of(Place.MAIN, new Place(new LocationCode("NORTH"), 50, true));

  private static final int PRODUCTS = 3;
  private static final int ORDERS = 6;
  private static final int MIN_STOCK = 2;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final TimeToLive TTL = new TimeToLive(10);

  enum What {
    RESERVE,
    PAY,
    CANCEL,
    CONFIRM,
    RELEASE,
    EXPIRE,
    RECEIVE,
    COUNT,
    /** The transaction ends: the next step finds what was written, in a new book. */
    WRITE
  }

  /**
   * @param seconds that pass before it
   */
  record Step(What what, int order, int product, int quantity, int seconds) {}

  @Provide
  Arbitrary<List<Step>> stories() {
    return Combinators.combine(
            Arbitraries.of(What.class),
            Arbitraries.integers().between(0, ORDERS - 1),
            Arbitraries.integers().between(0, PRODUCTS - 1),
            Arbitraries.integers().between(1, 6),
            Arbitraries.integers().between(0, 6))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 2_000)
  void nothing_is_oversold_and_everything_adds_up(@ForAll("stories") List<Step> steps) {
    var warehouse = new Warehouse();
    for (Step step : steps) {
      warehouse.take(step);
      warehouse.assertInvariants();
    }
    warehouse.take(new Step(What.WRITE, 0, 0, 1, 0));
    warehouse.assertInvariants();
  }

  @Property(tries = 500)
  void a_batch_ends_like_the_same_steps_one_by_one(@ForAll("stories") List<Step> steps) {
    var batch = new Warehouse();
    var oneByOne = new Warehouse();
    for (Step step : steps) {
      if (step.what() != What.WRITE) {
        batch.take(step);
        oneByOne.take(step);
        oneByOne.take(new Step(What.WRITE, 0, 0, 1, 0));
      }
    }
    batch.take(new Step(What.WRITE, 0, 0, 1, 0));

    assertThat(batch.levels).isEqualTo(oneByOne.levels);
    assertThat(batch.written).isEqualTo(oneByOne.written);
    assertThat(batch.reservations.keySet()).isEqualTo(oneByOne.reservations.keySet());
    batch.reservations.forEach((order, reservation) ->
        assertThat(oneByOne.reservations.get(order))
            .usingRecursiveComparison()
            .ignoringFields("id")
            .isEqualTo(reservation));
  }

  /** What one stock level counts. */
  private record Shelf(UUID productId, LocationCode location) {
    static Shelf of(StockLevel level) {
      return new Shelf(level.productId(), level.location());
    }
  }

  /** What a database would hold, and the book that is open on it. */
  private static final class Warehouse {
    final Map<Shelf, StockLevel> levels = new HashMap<>();
    final Map<UUID, Reservation> reservations = new HashMap<>();
    final List<LedgerEntry> written = new ArrayList<>();
    private StockBook book;
    private Instant now = START;

    Warehouse() {
      for (int i = 0; i < PRODUCTS; i++) {
        for (Place place : PLACES) {
          StockLevel empty = new StockLevel(id(i), place, 0, 0, 0);
          levels.put(Shelf.of(empty), empty);
        }
      }
      book = open();
    }

    void take(Step step) {
      now = now.plusSeconds(step.seconds());
      UUID order = id(100 + step.order());
      UUID product = id(step.product());
      LocationCode location = PLACES.get(step.order() % PLACES.size()).code();
      Map<UUID, ProductStock> before = current();
      boolean known = currentReservations().containsKey(order);
      switch (step.what()) {
        case RESERVE -> {
          // Two products, so that baskets overlap.
          var basket =
              Basket.of(
                  List.of(
                      new Line(product, step.quantity()),
                      new Line(id((step.product() + 1) % PRODUCTS), 1)));
          var outcome = book.reserve(order, basket, AllocationStrategy.PRIORITY, TTL, now);
          boolean enough =
              basket.lines().stream()
                  .allMatch(line ->
                      line.quantity()
                          <= Objects.requireNonNull(before.get(line.productId())).available());
          assertThat(outcome)
              .isInstanceOf(
                  known
                      ? ReserveOutcome.AlreadyKnown.class
                      : enough ? ReserveOutcome.Reserved.class : ReserveOutcome.FellShort.class);
          if (outcome instanceof ReserveOutcome.Reserved reserved) {
            assertThat(reserved.crossings()).containsExactlyElementsOf(fallen(before, basket));
          } else {
            assertThat(current()).isEqualTo(before);
          }
        }
        case PAY -> book.pay(order, Duration.ofDays(30), now);
        case CANCEL -> book.cancel(order, now);
        case CONFIRM -> {
          if (known) {
            book.confirm(order, now);
          }
        }
        case RELEASE -> {
          if (known) {
            book.release(order, now);
          }
        }
        case EXPIRE -> {
          if (known) {
            book.expire(order, now);
          }
        }
        case RECEIVE ->
            book.byHand().receive(product, location, new Quantity(step.quantity()), null);
        case COUNT ->
            book.byHand().count(product, location, new PhysicalStock(step.quantity()), null);
        case WRITE -> write();
      }
    }

    private List<ThresholdCrossing> fallen(Map<UUID, ProductStock> before, Basket basket) {
      List<ThresholdCrossing> fallen = new ArrayList<>();
      Map<UUID, ProductStock> after = current();
      for (Line line : basket.lines()) {
        int was = Objects.requireNonNull(before.get(line.productId())).available();
        ProductStock is = Objects.requireNonNull(after.get(line.productId()));
        if (was > MIN_STOCK && is.available() <= MIN_STOCK) {
          fallen.add(new ThresholdCrossing.RanLow(is));
        }
        if (was > 0 && is.available() == 0) {
          fallen.add(new ThresholdCrossing.Depleted(is));
        }
      }
      return fallen;
    }

    void assertInvariants() {
      Map<Shelf, Integer> physical = new HashMap<>();
      Map<Shelf, Integer> reserved = new HashMap<>();
      List<LedgerEntry> ledger = new ArrayList<>(written);
      ledger.addAll(book.changes().ledger());
      ledger.forEach(entry -> {
        Shelf shelf = new Shelf(entry.productId(), entry.location());
        physical.merge(shelf, entry.physicalChange(), Integer::sum);
        reserved.merge(shelf, entry.reservedChange(), Integer::sum);
      });
      Map<Shelf, Integer> held = new HashMap<>();
      for (Reservation reservation : currentReservations().values()) {
        if (reservation.isOpen()) {
          reservation
              .lines()
              .forEach(line ->
                  held.merge(
                      new Shelf(line.productId(), line.location()), line.quantity(), Integer::sum));
        }
        assertEndedOnce(reservation, ledger);
      }
      currentLevels()
          .forEach((shelf, level) -> {
            assertThat(level.reserved()).isBetween(0, level.physical());
            assertThat(level.physical()).isEqualTo(physical.getOrDefault(shelf, 0));
            assertThat(level.reserved())
                .isEqualTo(reserved.getOrDefault(shelf, 0))
                .isEqualTo(held.getOrDefault(shelf, 0));
          });
    }

    private static void assertEndedOnce(Reservation reservation, List<LedgerEntry> ledger) {
      if (reservation.status() == ReservationStatus.CONFIRMED
          && !Objects.requireNonNull(reservation.endedAt()).isBefore(reservation.expiresAt())) {
        assertThat(reservation.renewals()).isEqualTo(1);
      }
      int lines = reservation.lines().size();
      assertThat(count(reservation, ledger, LedgerKind.RESERVED))
          .isEqualTo((long) lines * (1 + reservation.renewals()));
      assertThat(
              count(
                  reservation,
                  ledger,
                  LedgerKind.RELEASED,
                  LedgerKind.EXPIRED,
                  LedgerKind.CONFIRMED))
          .isEqualTo(reservation.isOpen() ? 0 : (long) lines * (1 + reservation.renewals()));
      assertThat(count(reservation, ledger, LedgerKind.RETURNED))
          .isEqualTo(reservation.returnedAt() == null ? 0 : lines);
    }

    private static long count(
        Reservation reservation, List<LedgerEntry> ledger, LedgerKind... kinds) {
      return ledger.stream()
          .filter(entry -> reservation.orderId().equals(entry.orderId()))
          .filter(entry -> List.of(kinds).contains(entry.kind()))
          .count();
    }

    private Map<UUID, ProductStock> current() {
      return products(currentLevels());
    }

    private Map<Shelf, StockLevel> currentLevels() {
      Map<Shelf, StockLevel> current = new HashMap<>(levels);
      book.changes().levels().forEach(level -> current.put(Shelf.of(level), level));
      return current;
    }

    private static Map<UUID, ProductStock> products(Map<Shelf, StockLevel> levels) {
      Map<UUID, ProductStock> products = new HashMap<>();
      for (int i = 0; i < PRODUCTS; i++) {
        UUID product = id(i);
        List<StockLevel> own =
            levels.values().stream().filter(it -> it.productId().equals(product)).toList();
        products.put(product, new ProductStock(product, "SKU-" + i, MIN_STOCK, true, own));
      }
      return products;
    }

    private Map<UUID, Reservation> currentReservations() {
      Map<UUID, Reservation> current = new HashMap<>(reservations);
      var changes = book.changes();
      changes.opened().forEach(it -> current.put(it.orderId(), it));
      changes.moved().forEach(it -> current.put(it.orderId(), it));
      return current;
    }

    private void write() {
      levels.putAll(currentLevels());
      reservations.putAll(currentReservations());
      written.addAll(book.changes().ledger());
      book = open();
    }

    private StockBook open() {
      return new StockBook(products(levels).values(), reservations.values(), UUID::randomUUID);
    }

    private static UUID id(int number) {
      return new UUID(0, number);
    }
  }
}
