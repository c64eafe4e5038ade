package dev.reserva.messaging.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.delivery.LocalDelivery;
import dev.reserva.messaging.transport.Consumer;
import dev.reserva.messaging.transport.LocalFlag;
import dev.reserva.messaging.transport.Passed;
import dev.reserva.messaging.transport.StartingPoint;
import dev.reserva.messaging.transport.postgres.PostgresTransport;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The tail without a database: each read from the database fails. */
class LogTailTest {

  private static final EventCatalogue CATALOGUE = TestFacts.catalogue();

  private final LogTail tail =
      new LogTail(absentDatabase(), CATALOGUE, new LocalDelivery(System::nanoTime));
  private final AtomicInteger growths = new AtomicInteger();

  private final Slow slow = new Slow();

  LogTailTest() {
    tail.add(slow);
  }

  /** A reader whose position the test sets. */
  private final class Slow implements LogTail.Reader {
    private long position;

    @Override
    public void grown(Optional<List<LogEntry>> added) {
      growths.incrementAndGet();
    }

    @Override
    public long position() {
      return position;
    }
  }

  private static DataSource absentDatabase() {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              throw new SQLException("there is none", "08001");
            });
  }

  private static List<LogEntry> entries(long base, int count) {
    List<LogEntry> entries = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      TestFacts.Noted fact = new TestFacts.Noted(new UUID(0, base + i), "");
      entries.add(
          new LogEntry(
              new Message(
                  base + i,
                  CATALOGUE.envelop(new UUID(1, base + i), fact, Cause.of("tail"), Instant.EPOCH),
                  CATALOGUE,
                  fact),
              0));
    }
    return entries;
  }

  private List<Long> after(long position) {
    return tail.after(position, 100).stream().map(LogEntry::position).toList();
  }

  @Test
  void commits_reported_out_of_order_are_waited_for_and_not_read_from_the_database() {
    tail.committing(0, 1);
    tail.committed(0, entries(0, 1));
    tail.committing(1, 2);
    tail.committing(3, 1);
    tail.committing(4, 2);
    tail.committed(4, entries(4, 2));
    tail.committed(3, entries(3, 1));
    assertThat(after(0)).containsExactly(1L);
    assertThat(after(1)).isEmpty();
    growths.set(0);
    tail.committed(1, entries(1, 2));
    assertThat(growths).hasPositiveValue();
    assertThat(after(0)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(after(5)).containsExactly(6L);
  }

  @Test
  void appends_of_another_process_are_read() {
    tail.committing(0, 1);
    tail.committed(0, entries(0, 1));
    tail.committing(2, 1); // position 2 belongs to another process
    tail.committed(2, entries(2, 1));
    assertThat(after(0)).containsExactly(1L);
    assertThatThrownBy(() -> after(1)).isInstanceOf(DependencyUnavailable.class);
  }

  @Test
  void the_tail_does_not_wait_for_a_commit_of_unknown_outcome() {
    tail.committing(0, 1);
    tail.committed(0, entries(0, 1));
    tail.committing(1, 1);
    tail.committing(2, 1);
    tail.committed(2, entries(2, 1));
    assertThat(after(1)).isEmpty();
    growths.set(0);
    tail.notCommitted(1);
    assertThat(growths).hasPositiveValue();
    assertThatThrownBy(() -> after(1)).isInstanceOf(DependencyUnavailable.class);
  }

  @Test
  void events_are_kept_until_every_reader_has_read_them() {
    append(0, 2);
    slow.position = 1;
    append(2, 1);
    assertThat(after(1)).containsExactly(2L, 3L);
    assertThatThrownBy(() -> after(0)).isInstanceOf(DependencyUnavailable.class);

    tail.remove(slow);
    append(3, 1);
    assertThat(after(4)).isEmpty();
    assertThatThrownBy(() -> after(3)).isInstanceOf(DependencyUnavailable.class);

    append(4, 1);
    slow.position = 5;
    tail.add(slow);
    append(5, 2);
    assertThat(after(5)).containsExactly(6L, 7L);
  }

  @Test
  void a_subscription_passes_events_of_other_types_without_reading_them() {
    PostgresTransport transport = new PostgresTransport(tail);
    tail.remove(slow);
    try (Consumer concerned = transport.open(subscribed("noted", TestFacts.NOTED), START);
        Consumer other = transport.open(subscribed("other", TestFacts.ADDED), START)) {
      append(0, 3);
      assertThat(other.poll(10)).isEqualTo(new Consumer.Delivery(List.of(), 3, Passed.NONE));
      assertThat(concerned.poll(2).upTo()).isEqualTo(2);

      append(3, 1); // one reader still needs the third event, the other has passed all four
      assertThat(other.poll(10)).isEqualTo(new Consumer.Delivery(List.of(), 4, Passed.NONE));
      assertThat(concerned.poll(10).messages())
          .extracting(Message::position)
          .containsExactly(3L, 4L);
    }
  }

  private static final StartingPoint START = new StartingPoint(0, LocalFlag.ABSENT);

  private static Subscription subscribed(String name, String type) {
    return Subscription.of(name, Set.of(type), (_, _) -> {});
  }

  private void append(long base, int count) {
    tail.committing(base, count);
    tail.committed(base, entries(base, count));
  }
}
