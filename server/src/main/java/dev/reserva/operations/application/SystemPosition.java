package dev.reserva.operations.application;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A position of the system's log: one of the own database's log, and one of each other database's
 * that was read beyond its beginning. As text {@code 17} or {@code 17-customers.4-sales.120}.
 *
 * @param own position in the log of the own database
 * @param others positions in those of the others, by their names
 */
public record SystemPosition(long own, SortedMap<String, Long> others) {

  public static final SystemPosition BEGINNING = new SystemPosition(0, new TreeMap<>());

  private static final String NUMBER = "[0-9]{1,18}";
  private static final Pattern TEXT =
      Pattern.compile("(%s)((?:-[a-z][a-z0-9]{0,31}\\.%s){0,64})".formatted(NUMBER, NUMBER));

  public SystemPosition {
    others = Collections.unmodifiableSortedMap(new TreeMap<>(others));
  }

  /**
   * @throws IllegalArgumentException if it is not what {@link #toString} gives
   */
  public static SystemPosition parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be a position of the log, a whole number from 0, or the position of an event of a system with several databases");
    }
    TreeMap<String, Long> others = new TreeMap<>();
    for (String part : matcher.group(2).split("-", -1)) {
      if (!part.isEmpty()) {
        int dot = part.indexOf('.');
        others.put(part.substring(0, dot), Long.parseLong(part.substring(dot + 1)));
      }
    }
    return new SystemPosition(Long.parseLong(matcher.group(1)), others);
  }

  /** Position in the log of another database; 0 for its beginning. */
  public long of(String name) {
    return others.getOrDefault(name, 0L);
  }

  /** The same position with another one in the own log. */
  SystemPosition withOwn(long position) {
    return new SystemPosition(position, others);
  }

  /** The same position with another one in the log of another database. */
  SystemPosition with(String name, long position) {
    TreeMap<String, Long> changed = new TreeMap<>(others);
    changed.put(name, position);
    return new SystemPosition(own, changed);
  }

  /** The later one of two positions, in each log. */
  public SystemPosition orLater(SystemPosition other) {
    TreeMap<String, Long> later = new TreeMap<>(others);
    other.others.forEach((name, position) -> later.merge(name, position, Math::max));
    return new SystemPosition(Math.max(own, other.own), later);
  }

  /** How many positions lie between an earlier one and this one, in all logs. */
  public long beyond(SystemPosition earlier) {
    return own
        - earlier.own
        + others.entrySet().stream()
            .mapToLong(other -> other.getValue() - earlier.of(other.getKey()))
            .sum();
  }

  @Override
  public String toString() {
    return own
        + others.entrySet().stream()
            .map((Map.Entry<String, Long> other) ->
                "-%s.%d".formatted(other.getKey(), other.getValue()))
            .collect(Collectors.joining());
  }
}
