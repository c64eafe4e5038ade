package dev.reserva.operations.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.EventLog.Entry;
import dev.reserva.messaging.EventLog.Filter;
import dev.reserva.messaging.EventLog.Found;
import dev.reserva.messaging.Relays;
import dev.reserva.messaging.Relays.Relay;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.application.SetRelayBack.Outcome;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SetRelayBackTest {

  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final Duration REMEMBERED = Duration.ofDays(7);
  private static final Instant EARLIEST = Instant.parse("2026-03-03T13:00:00Z");
  private static final UnitOfWork TX = proxy(UnitOfWork.class, (_, _) -> null);

  private final List<Long> setBack = new ArrayList<>();
  private Optional<Relay> relay = Optional.of(new Relay(12, true));

  private interface Answers {
    @Nullable Object of(String method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> answers.of(method.getName(), arguments)));
  }

  /** The log has the positions 11 and 12. */
  private static final class Log implements EventLog {

    @Override
    public long end() {
      return 12;
    }

    @Override
    public long start() {
      return 11;
    }

    @Override
    public List<Entry> ofKey(UUID key, long after, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Found search(Filter filter, long after, int limit) {
      return new Found(
          List.of(entry(11, EARLIEST.minusSeconds(1)), entry(12, EARLIEST)).stream()
              .filter(entry -> entry.position() > after)
              .limit(limit)
              .toList(),
          null);
    }

    private static Entry entry(long position, Instant at) {
      UUID id = new UUID(0, position);
      return new Entry(position, new Event(id, "x.y.z", id, id, at, "c", null, null, null, "{}"));
    }
  }

  private Outcome to(long after) {
    return new SetRelayBack(
            proxy(
                Backbone.class,
                (_, arguments) -> {
                  assertThat(arguments[0]).isEqualTo("relay");
                  setBack.add((Long) arguments[1]);
                  return null;
                }),
            proxy(Relays.class, (_, _) -> relay),
            new Log(),
            REMEMBERED,
            Clock.fixed(NOW, ZoneOffset.UTC))
        .to(after, TX);
  }

  @Test
  void the_relay_goes_on_after_the_position() {
    assertThat(to(11)).isEqualTo(new Outcome.Done());
    assertThat(to(12)).as("nothing to be sent again").isEqualTo(new Outcome.Done());
    assertThat(setBack).containsExactly(11L, 12L);
  }

  @Test
  void events_that_inboxes_may_have_forgotten_are_not_sent_again() {
    assertThat(to(10)).isEqualTo(new Outcome.TooOld(EARLIEST.minusSeconds(1), EARLIEST));
    assertThat(setBack).isEmpty();
  }

  @Test
  void only_positions_of_the_log_are_taken() {
    assertThat(to(9)).isEqualTo(new Outcome.OutOfLog(10, 12));
    assertThat(to(13)).isEqualTo(new Outcome.OutOfLog(10, 12));
    assertThat(setBack).isEmpty();
  }

  @Test
  void without_a_relay_nothing_is_set_back() {
    relay = Optional.empty();

    assertThat(to(11)).isEqualTo(new Outcome.NoRelay());
    assertThat(setBack).isEmpty();
  }
}
