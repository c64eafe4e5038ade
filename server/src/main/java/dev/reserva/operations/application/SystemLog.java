package dev.reserva.operations.application;

import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventLog.Filter;
import dev.reserva.operations.application.LogPart.LogEntry;
import dev.reserva.operations.application.LogPart.LogPage;
import dev.reserva.operations.application.ManualPublications.ManualPublication;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The log of the whole system. With one database it is that database's log.
 *
 * <p>With several, each event is read from the database that has published it, so none comes twice.
 * Events of one database come in the order of its log. Those of several are merged by their times,
 * which is an order for people: which one of two events of different databases took effect first is
 * not known.
 */
public final class SystemLog {

  /** Asks several databases at the same time. */
  public interface OtherLogs {

    /** The names of the other databases. */
    List<String> names();

    /**
     * A page of each.
     *
     * @param after where each page begins, by the database's name
     */
    Map<String, LogPage> search(Filter filter, Map<String, Long> after, int limit);

    /** The position of the last event of each, by the database's name. */
    Map<String, Long> ends();
  }

  private final LogPart own;
  private final OtherLogs others;

  public SystemLog(LogPart own, OtherLogs others) {
    this.own = own;
    this.others = others;
  }

  /**
   * @param position behind the event; reading on from it continues with the next event
   * @param byHand who published the event by hand, if somebody did
   */
  public record SystemEntry(
      SystemPosition position, Event event, @Nullable ManualPublication byHand) {}

  /**
   * @param next position to continue from; absent at the log's end
   */
  public record SystemPage(List<SystemEntry> entries, @Nullable SystemPosition next) {
    public SystemPage {
      entries = List.copyOf(entries);
    }
  }

  /** The position behind the last event. */
  public SystemPosition end() {
    return new SystemPosition(own.end(), new TreeMap<>(others.ends()));
  }

  /**
   * The position at which a reader goes on who wants no more than the newest events of each
   * database.
   *
   * @param most how many events before the end of each log
   */
  public static SystemPosition newest(SystemPosition after, SystemPosition end, long most) {
    SystemPosition position = after.withOwn(Math.max(after.own(), end.own() - most));
    for (Map.Entry<String, Long> other : end.others().entrySet()) {
      String name = other.getKey();
      position = position.with(name, Math.max(after.of(name), other.getValue() - most));
    }
    return position;
  }

  /**
   * Searches onwards from a position, oldest first. A page can have fewer entries than {@code
   * limit}, even none, although there are more.
   *
   * @throws IllegalArgumentException if the position names a database that the system does not have
   */
  public SystemPage search(Filter filter, SystemPosition after, int limit) {
    List<String> names = others.names();
    for (String name : after.others().keySet()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "must be a position of this system's log, which has no part %s".formatted(name));
      }
    }
    List<Source> sources = new ArrayList<>();
    sources.add(
        new Source(
            null, own.search(names.isEmpty() ? filter : filter.ofOwn(), after.own(), limit)));
    if (!names.isEmpty()) {
      Map<String, Long> positions = new TreeMap<>();
      names.forEach(name -> positions.put(name, after.of(name)));
      others
          .search(filter.ofOwn(), positions, limit)
          .forEach((name, page) -> sources.add(new Source(name, page)));
    }
    return merged(sources, after, limit);
  }

  /** Always takes the source whose next event is the oldest. */
  private static SystemPage merged(List<Source> sources, SystemPosition after, int limit) {
    SystemPosition position = after;
    List<SystemEntry> merged = new ArrayList<>();
    while (merged.size() < limit) {
      Optional<Source> oldest =
          sources.stream()
              .filter(source -> !source.waiting.isEmpty())
              .min(Comparator.comparing(source -> source.waiting.getFirst().event().time()));
      if (oldest.isEmpty()) {
        break;
      }
      LogEntry entry = oldest.get().waiting.removeFirst();
      position = moved(position, oldest.get().name, entry.position());
      merged.add(new SystemEntry(position, entry.event(), entry.byHand()));
    }
    boolean more = false;
    for (Source source : sources) {
      if (!source.waiting.isEmpty()) {
        more = true;
      } else if (source.next != null) {
        more = true;
        position = moved(position, source.name, source.next);
      }
    }
    return new SystemPage(merged, more ? position : null);
  }

  private static SystemPosition moved(SystemPosition position, @Nullable String name, long to) {
    return name == null ? position.withOwn(to) : position.with(name, to);
  }

  /** A page that is being merged. */
  private static final class Source {

    /** Null for the own database. */
    private final @Nullable String name;

    private final Deque<LogEntry> waiting;
    private final @Nullable Long next;

    Source(@Nullable String name, LogPage page) {
      this.name = name;
      this.waiting = new ArrayDeque<>(page.entries());
      this.next = page.next();
    }
  }
}
