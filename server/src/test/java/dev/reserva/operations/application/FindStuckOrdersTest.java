package dev.reserva.operations.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.operations.domain.Blockade;
import dev.reserva.operations.domain.StuckOrder.Awaited;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FindStuckOrdersTest {

  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  private final Known known = new Known();
  private final FindStuckOrders findStuckOrders = new FindStuckOrders(known);

  private static UUID id(long number) {
    return new UUID(0x0195000000007000L, number);
  }

  private static Blockade blockade(long key, String subscription, @Nullable Instant dueAt) {
    return new Blockade(
        new UUID(7, key),
        id(key),
        subscription,
        new UUID(8, key),
        "sales.order.paid",
        4,
        dueAt,
        "Unprocessable",
        "no",
        NOON);
  }

  /** What two databases know. */
  private static final class Known implements SystemOrders {

    final List<Long> slow = new ArrayList<>();
    final List<Long> orders = new ArrayList<>();
    final List<List<Blockade>> databases = List.of(new ArrayList<>(), new ArrayList<>());

    @Override
    public List<Records> records(UUID orderId) {
      throw new AssertionError("not asked for");
    }

    @Override
    public List<Log> logs(UUID orderId) {
      throw new AssertionError("not asked for");
    }

    private static boolean isBefore(UUID id, @Nullable UUID before) {
      return before == null || id.toString().compareTo(before.toString()) < 0;
    }

    private static Waiting order(long number, @Nullable Instant until) {
      return new Waiting(
          id(number),
          until == null ? Awaited.NOTHING : Awaited.STOCK,
          NOON.minusSeconds(60),
          until,
          "{}");
    }

    @Override
    public List<Waiting> pastHalf(@Nullable UUID before, int limit) {
      return slow.stream()
          .sorted((one, other) -> Long.compare(other, one))
          .filter(number -> isBefore(id(number), before))
          .limit(limit)
          .map(number -> order(number, NOON))
          .toList();
    }

    @Override
    public List<Waiting> waiting(Collection<UUID> ids) {
      return orders.stream()
          .filter(number -> ids.contains(id(number)))
          .map(number -> order(number, null))
          .toList();
    }

    @Override
    public List<List<Blockade>> blockades(@Nullable UUID before, int limit) {
      return databases.stream()
          .map(database ->
              database.stream()
                  .filter(it -> isBefore(it.key(), before))
                  .sorted((one, other) -> other.key().toString().compareTo(one.key().toString()))
                  .limit(limit)
                  .toList())
          .toList();
    }
  }

  private List<Long> all(int limit) {
    List<Long> all = new ArrayList<>();
    UUID before = null;
    do {
      FindStuckOrders.Page page = findStuckOrders.find(before, limit);
      assertThat(page.orders().size()).isLessThanOrEqualTo(limit);
      page.orders().forEach(found -> all.add(found.stuck().id().getLeastSignificantBits()));
      before = page.next();
    } while (before != null);
    return all;
  }

  @Test
  void an_order_is_listed_once_whatever_it_is_stuck_for() {
    known.slow.addAll(List.of(1L, 3L));
    known.orders.addAll(List.of(1L, 2L, 3L));
    known.databases.getFirst().add(blockade(2, "financial", null));
    known.databases.getLast().add(blockade(3, "inventory", NOON.plusSeconds(1)));
    known.databases.getFirst().add(blockade(9, "sales", null)); // the key is no order

    assertThat(all(10)).containsExactly(3L, 2L, 1L);
    assertThat(all(1)).containsExactly(3L, 2L, 1L);
  }

  @Test
  void a_dead_letter_of_another_database_hides_a_retry() {
    known.slow.add(1L);
    known.databases.getFirst().add(blockade(1, "sales", NOON.plusSeconds(1)));
    known.databases.getLast().add(blockade(1, "inventory", null));

    var found = findStuckOrders.find(null, 10).orders().getFirst().stuck();

    assertThat(found.blockedBy()).isNotNull();
    assertThat(found.waitsFor()).contains("inventory has given up");
    assertThat(found.until()).isEqualTo(NOON);
  }

  @Test
  void an_order_without_a_deadline_is_stuck_since_its_event_failed() {
    known.orders.add(1L);
    known.databases.getFirst().add(blockade(1, "logistics", null));

    var found = findStuckOrders.find(null, 10).orders().getFirst().stuck();

    assertThat(found.since()).isEqualTo(NOON);
    assertThat(found.until()).isNull();
  }

  @Test
  void more_keys_than_are_read_at_once_hide_no_order() {
    LongStream.range(10_000, 12_500)
        .forEach(key -> known.databases.getFirst().add(blockade(key, "sales", null)));
    known.orders.addAll(List.of(10_001L, 12_000L));
    known.slow.addAll(List.of(1L, 11_000L, 20_000L));

    assertThat(all(2)).containsExactly(20_000L, 12_000L, 11_000L, 10_001L, 1L);
  }

  @Test
  void every_limit_lists_the_same() {
    IntStream.range(1, 40).forEach(number -> known.slow.add((long) number));
    IntStream.range(30, 60)
        .forEach(number -> {
          known.orders.add((long) number);
          known.databases.get(number % 2).add(blockade(number, "sales", null));
        });

    List<Long> whole = all(200);
    assertThat(whole).hasSize(59);
    for (int limit : List.of(1, 7, 20)) {
      assertThat(all(limit)).isEqualTo(whole);
    }
  }
}
