package dev.reserva.operations.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventLog.Filter;
import dev.reserva.operations.application.LogPart.LogEntry;
import dev.reserva.operations.application.LogPart.LogPage;
import dev.reserva.operations.application.SystemLog.SystemEntry;
import dev.reserva.operations.application.SystemLog.SystemPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SystemLogTest {

  private static final Filter ANY = Filter.ANY;

  private final Log own = new Log();
  private final Map<String, Log> others =
      new TreeMap<>(Map.of("sales", new Log(), "stock", new Log()));
  private final SystemLog log =
      new SystemLog(
          own,
          new SystemLog.OtherLogs() {
            @Override
            public List<String> names() {
              return List.copyOf(others.keySet());
            }

            @Override
            public Map<String, LogPage> search(Filter filter, Map<String, Long> after, int limit) {
              return others.entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          Map.Entry::getKey,
                          other ->
                              other
                                  .getValue()
                                  .search(filter, after.getOrDefault(other.getKey(), 0L), limit)));
            }

            @Override
            public Map<String, Long> ends() {
              return others.entrySet().stream()
                  .collect(Collectors.toMap(Map.Entry::getKey, other -> other.getValue().end()));
            }
          });

  /** Reads at most {@code scan} positions at once. */
  private static final class Log implements LogPart {

    private final List<Event> events = new ArrayList<>();
    private int scan = Integer.MAX_VALUE;
    private boolean askedForOwn;

    Log with(String type, int second) {
      UUID id = UUID.randomUUID();
      events.add(
          new Event(
              id, type, id, id, Instant.EPOCH.plusSeconds(second), "test", null, null, null, "{}"));
      return this;
    }

    @Override
    public long end() {
      return events.size();
    }

    @Override
    public LogPage search(Filter filter, long after, int limit) {
      askedForOwn = filter.own();
      List<LogEntry> found = new ArrayList<>();
      long until = Math.min(events.size(), after + Math.min(scan, events.size()));
      for (long position = after + 1; position <= until; position++) {
        Event event = events.get((int) position - 1);
        if (filter.type() == null || filter.type().equals(event.type())) {
          found.add(new LogEntry(position, event, null));
          if (found.size() == limit) {
            return new LogPage(found, position < events.size() ? position : null);
          }
        }
      }
      return new LogPage(found, until < events.size() ? until : null);
    }
  }

  private Log other(String name) {
    return Objects.requireNonNull(others.get(name));
  }

  private List<String> read(Filter filter, int limit) {
    List<String> types = new ArrayList<>();
    SystemPosition position = SystemPosition.BEGINNING;
    for (int pages = 0; position != null; pages++) {
      assertThat(pages).as("pages").isLessThan(100);
      SystemPage page = log.search(filter, position, limit);
      page.entries().forEach(entry -> types.add(entry.event().type()));
      position = page.next();
    }
    return types;
  }

  @Test
  void events_of_several_databases_are_merged_by_their_times() {
    own.with("a1", 1).with("a5", 5);
    other("sales").with("b2", 2).with("b4", 4).with("b6", 6);
    other("stock").with("c3", 3);

    for (int limit = 1; limit <= 7; limit++) {
      assertThat(read(ANY, limit))
          .as("limit %d", limit)
          .containsExactly("a1", "b2", "c3", "b4", "a5", "b6");
    }
    assertThat(own.askedForOwn).isTrue();
  }

  @Test
  void events_of_one_database_keep_their_order_whatever_its_clock() {
    own.with("a9", 9).with("a1", 1);
    other("sales").with("b5", 5);

    assertThat(read(ANY, 10)).containsExactly("b5", "a9", "a1");
  }

  @Test
  void reading_on_from_the_position_of_any_event_continues_with_the_next_one() {
    own.with("a1", 1).with("a4", 4);
    other("sales").with("b2", 2).with("b3", 3);
    List<SystemEntry> all = log.search(ANY, SystemPosition.BEGINNING, 10).entries();

    for (int i = 0; i < all.size(); i++) {
      SystemPosition position = SystemPosition.parse(all.get(i).position().toString());
      assertThat(log.search(ANY, position, 10).entries())
          .containsExactlyElementsOf(all.subList(i + 1, all.size()));
    }
  }

  @Test
  void a_part_that_has_read_its_bound_is_read_on() {
    own.with("a1", 1);
    Log sales = other("sales");
    for (int i = 0; i < 9; i++) {
      sales.with("other", 2);
    }
    sales.with("b3", 3);
    sales.scan = 2;

    assertThat(read(new Filter(null, null, "b3", null), 10)).containsExactly("b3");
  }

  @Test
  void the_only_database_shows_what_it_has_imported_as_well() {
    others.clear();
    own.with("a1", 1);

    SystemPage page = log.search(ANY, SystemPosition.BEGINNING, 10);

    assertThat(own.askedForOwn).isFalse();
    assertThat(page.entries())
        .extracting(entry -> entry.position().toString())
        .containsExactly("1");
  }

  @Test
  void a_reader_of_the_newest_passes_over_what_is_too_much() {
    for (int i = 0; i < 10; i++) {
      own.with("a", i);
      other("sales").with("b", i);
    }
    SystemPosition from = SystemLog.newest(SystemPosition.BEGINNING, log.end(), 3);

    assertThat(from).hasToString("7-sales.7-stock.0");
    assertThat(from.beyond(SystemPosition.BEGINNING)).isEqualTo(14);
    assertThat(SystemLog.newest(log.end(), log.end(), 3)).isEqualTo(log.end());
    assertThat(from.orLater(SystemPosition.parse("9-sales.2"))).hasToString("9-sales.7-stock.0");
  }

  @Test
  void a_position_that_is_none_or_of_another_system_is_refused() {
    for (String text : List.of("", "-1", "1-", "1-sales", "1-sales.", "1-Sales.2", "x", "1 ")) {
      assertThatThrownBy(() -> SystemPosition.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("must be a position");
    }
    assertThatThrownBy(() -> log.search(ANY, SystemPosition.parse("1-moon.2"), 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no part moon");
  }
}
