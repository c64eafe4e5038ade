package dev.reserva.inventory.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The invariants hold for every sequence of steps. */
class StockBookPropertiesTest {

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

  /** What a database would hold, and the book that is open on it. */
  private static final class Warehouse {
    final Map<UUID, StockLevel> levels = new HashMap<>();
    final Map<UUID, Reservation> reservations = new HashMap<>();
    final List<LedgerEntry> written = new ArrayList<>();
    private StockBook book;
    private Instant now = START;

    Warehouse() {
      for (int i = 0; i < PRODUCTS; i++) {
        levels.put(id(i), new StockLevel(id(i), "SKU-" + i, MIN_STOCK, true, 0, 0));
      }
      book = open();
    }

    void take(Step step) {
      now = now.plusSeconds(step.seconds());
      UUID order = id(100 + step.order());
      UUID product = id(step.product());
      Map<UUID, StockLevel> before = current();
      boolean known = currentReservations().containsKey(order);
      switch (step.what()) {
        case RESERVE -> {
          // Two products, so that baskets overlap.
          var basket =
              Basket.of(
                  List.of(
                      new Line(product, step.quantity()),
                      new Line(id((step.product() + 1) % PRODUCTS), 1)));
          var outcome = book.reserve(order, basket, TTL, now);
          boolean enough =
              basket.lines().stream()
                  .allMatch(line ->
                      line.quantity()
                          <= before.getOrDefault(line.productId(), level(line)).available());
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
        case PAY -> book.pay(order, now);
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
        case RECEIVE -> book.receive(product, new Quantity(step.quantity()), null);
        case COUNT -> book.count(product, new PhysicalStock(step.quantity()), null);
        case WRITE -> write();
      }
    }

    private static StockLevel level(Line line) {
      return new StockLevel(line.productId(), "unknown", 0, true, 0, 0);
    }

    private List<ThresholdCrossing> fallen(Map<UUID, StockLevel> before, Basket basket) {
      List<ThresholdCrossing> fallen = new ArrayList<>();
      Map<UUID, StockLevel> after = current();
      for (Line line : basket.lines()) {
        int was = before.getOrDefault(line.productId(), level(line)).available();
        StockLevel is = after.getOrDefault(line.productId(), level(line));
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
      Map<UUID, StockLevel> stock = current();
      Map<UUID, Integer> physical = new HashMap<>();
      Map<UUID, Integer> reserved = new HashMap<>();
      List<LedgerEntry> ledger = new ArrayList<>(written);
      ledger.addAll(book.changes().ledger());
      ledger.forEach(entry -> {
        physical.merge(entry.productId(), entry.physicalChange(), Integer::sum);
        reserved.merge(entry.productId(), entry.reservedChange(), Integer::sum);
      });
      Map<UUID, Integer> held = new HashMap<>();
      for (Reservation reservation : currentReservations().values()) {
        if (reservation.isOpen()) {
          reservation
              .lines()
              .forEach(line -> held.merge(line.productId(), line.quantity(), Integer::sum));
        }
        assertEndedOnce(reservation, ledger);
      }
      stock.forEach((product, level) -> {
        assertThat(level.reserved()).isBetween(0, level.physical());
        assertThat(level.physical()).isEqualTo(physical.getOrDefault(product, 0));
        assertThat(level.reserved())
            .isEqualTo(reserved.getOrDefault(product, 0))
            .isEqualTo(held.getOrDefault(product, 0));
      });
    }

    private static void assertEndedOnce(Reservation reservation, List<LedgerEntry> ledger) {
      if (reservation.status() == ReservationStatus.CONFIRMED
          && !java.util.Objects.requireNonNull(reservation.endedAt())
              .isBefore(reservation.expiresAt())) {
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

    private Map<UUID, StockLevel> current() {
      Map<UUID, StockLevel> current = new HashMap<>(levels);
      book.changes().levels().forEach(level -> current.put(level.productId(), level));
      return current;
    }

    private Map<UUID, Reservation> currentReservations() {
      Map<UUID, Reservation> current = new HashMap<>(reservations);
      var changes = book.changes();
      changes.opened().forEach(it -> current.put(it.orderId(), it));
      changes.moved().forEach(it -> current.put(it.orderId(), it));
      return current;
    }

    private void write() {
      levels.putAll(current());
      reservations.putAll(currentReservations());
      written.addAll(book.changes().ledger());
      book = open();
    }

    private StockBook open() {
      return new StockBook(levels.values(), reservations.values(), UUID::randomUUID);
    }

    private static UUID id(int number) {
      return new UUID(0, number);
    }
  }
}
