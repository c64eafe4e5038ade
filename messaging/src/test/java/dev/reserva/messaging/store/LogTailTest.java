package dev.reserva.messaging.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.TestFacts;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The tail's memory alone: a database that is asked says that it is not there. */
class LogTailTest {

  private static final EventCatalogue CATALOGUE = TestFacts.catalogue();

  private final LogTail tail = new LogTail(absentDatabase(), CATALOGUE);
  private final AtomicInteger growths = new AtomicInteger();

  LogTailTest() {
    tail.onGrowth(_ -> growths.incrementAndGet());
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

  private static List<Message> messages(long base, int count) {
    List<Message> messages = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      TestFacts.Noted fact = new TestFacts.Noted(new UUID(0, base + i), "");
      messages.add(
          new Message(
              base + i,
              CATALOGUE.envelop(new UUID(1, base + i), fact, Cause.of("tail"), Instant.EPOCH),
              CATALOGUE,
              fact));
    }
    return messages;
  }

  private List<Long> after(long position) {
    return tail.after(position, 100).stream().map(Message::position).toList();
  }

  @Test
  void commits_that_are_reported_in_the_wrong_order_are_waited_for_and_not_read() {
    tail.committing(0, 1);
    tail.committed(0, messages(0, 1));
    tail.committing(1, 2);
    tail.committing(3, 1);
    tail.committing(4, 2);
    tail.committed(4, messages(4, 2));
    tail.committed(3, messages(3, 1));
    assertThat(after(0)).containsExactly(1L);
    assertThat(after(1)).isEmpty();
    growths.set(0);
    tail.committed(1, messages(1, 2));
    assertThat(growths).hasPositiveValue();
    assertThat(after(0)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(after(5)).containsExactly(6L);
  }

  @Test
  void what_another_process_has_appended_is_read() {
    tail.committing(0, 1);
    tail.committed(0, messages(0, 1));
    tail.committing(2, 1); // position 2 is somebody else's
    tail.committed(2, messages(2, 1));
    assertThat(after(0)).containsExactly(1L);
    assertThatThrownBy(() -> after(1)).isInstanceOf(DependencyUnavailable.class);
  }

  @Test
  void a_commit_whose_outcome_is_unknown_is_not_waited_for() {
    tail.committing(0, 1);
    tail.committed(0, messages(0, 1));
    tail.committing(1, 1);
    tail.committing(2, 1);
    tail.committed(2, messages(2, 1));
    assertThat(after(1)).isEmpty();
    growths.set(0);
    tail.notCommitted(1);
    assertThat(growths).hasPositiveValue();
    assertThatThrownBy(() -> after(1)).isInstanceOf(DependencyUnavailable.class);
  }
}
