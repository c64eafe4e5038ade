package dev.reserva.operations.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts what happened to an order in an order in which no effect comes before its cause, whatever
 * the clocks of the databases say.
 *
 * <ul>
 *   <li>Events of one database keep the order of its log. An event follows the one that caused it.
 *   <li>An event that no event caused follows the command of the same request. A command whose
 *       events are all in one database follows what that database had in its log before them.
 *   <li>Anything else follows its cause. If none is known, it follows the event that announces it:
 *       of the same type, and the nearest in time, if possible of the same database. If there is no
 *       such event, it follows those that its database had published by its time, since both have
 *       one clock.
 *   <li>What is left open is decided by the time, then by the ids, events last. An entry counts as
 *       no earlier than what it follows, so a clock that is behind moves nothing to the front.
 * </ul>
 *
 * <p>The same entries always come in the same order. A log that contradicts itself, with events
 * that cause each other, still has all of its entries in the result.
 */
public final class CausalOrder {

  private static final Comparator<TimelineEntry> BY_TIME =
      Comparator.comparing(TimelineEntry::at)
          .thenComparing(TimelineEntry::id)
          .thenComparing(TimelineEntry::type)
          .thenComparing(TimelineEntry::kind)
          .thenComparing(TimelineEntry::database)
          .thenComparingLong(TimelineEntry::position);

  /** An entry with what it waits for. */
  private static final class Node {
    private final TimelineEntry entry;
    private final int rank;
    private final List<Node> followers = new ArrayList<>();
    private Instant earliest;
    private int waitsFor;
    private boolean placed;

    Node(TimelineEntry entry, int rank) {
      this.entry = entry;
      this.rank = rank;
      this.earliest = entry.at();
    }

    void follows(@Nullable Node cause) {
      if (cause != null && cause != this) {
        cause.followers.add(this);
        waitsFor++;
      }
    }

    Instant earliest() {
      return earliest;
    }

    int rank() {
      return rank;
    }
  }

  private static final Comparator<Node> READY =
      Comparator.comparing(Node::earliest)
          .thenComparing(node -> node.entry.isEvent())
          .thenComparingInt(Node::rank);

  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Node> events = new HashMap<>();
  private final Map<String, List<Node>> logs = new TreeMap<>();

  private CausalOrder(Collection<TimelineEntry> entries) {
    entries.stream().sorted(BY_TIME).forEach(entry -> nodes.add(new Node(entry, nodes.size())));
    for (Node node : nodes) {
      if (node.entry.isEvent()) {
        events.putIfAbsent(node.entry.id(), node);
        logs.computeIfAbsent(node.entry.database(), _ -> new ArrayList<>()).add(node);
      }
    }
    Comparator<Node> byPosition = Comparator.comparingLong(node -> node.entry.position());
    logs.values().forEach(log -> log.sort(byPosition.thenComparingInt(Node::rank)));
  }

  /** The same entries, causes before effects. */
  public static List<TimelineEntry> of(Collection<TimelineEntry> entries) {
    var order = new CausalOrder(entries);
    order.linkEvents();
    order.linkCommands();
    order.linkRecords();
    return order.placed();
  }

  private void linkEvents() {
    for (List<Node> log : logs.values()) {
      for (int i = 0; i < log.size(); i++) {
        log.get(i).follows(i == 0 ? null : log.get(i - 1));
        log.get(i).follows(cause(log.get(i)));
      }
    }
  }

  private @Nullable Node cause(Node effect) {
    UUID cause = effect.entry.causationId();
    return cause == null ? null : events.get(cause.toString());
  }

  private void linkCommands() {
    Map<String, List<Node>> commands =
        nodes.stream()
            .filter(node -> node.entry.isCommand() && node.entry.correlationId() != null)
            .collect(
                Collectors.groupingBy(node -> Objects.requireNonNull(node.entry.correlationId())));
    Map<Node, List<Node>> effects = new HashMap<>();
    for (Node event : nodes) {
      String request = event.entry.correlationId();
      if (event.entry.isEvent() && event.entry.causationId() == null && request != null) {
        nearest(commands.getOrDefault(request, List.of()), event)
            .ifPresent(command -> {
              event.follows(command);
              effects.computeIfAbsent(command, _ -> new ArrayList<>()).add(event);
            });
      }
    }
    effects.forEach(this::linkToWhatWasBefore);
  }

  /** A caller may give several requests one correlation id. */
  private static Optional<Node> nearest(List<Node> among, Node one) {
    Function<Node, Duration> distance =
        node -> Duration.between(node.entry.at(), one.entry.at()).abs();
    return among.stream().min(Comparator.comparing(distance).thenComparingInt(Node::rank));
  }

  private void linkToWhatWasBefore(Node command, List<Node> effects) {
    TreeSet<String> databases =
        effects.stream()
            .map(effect -> effect.entry.database())
            .collect(Collectors.toCollection(TreeSet::new));
    if (databases.size() > 1) {
      return;
    }
    List<Node> log = logs.getOrDefault(databases.first(), List.of());
    int first = effects.stream().mapToInt(log::indexOf).min().orElse(0);
    command.follows(first == 0 ? null : log.get(first - 1));
  }

  private void linkRecords() {
    for (Node node : nodes) {
      if (!node.entry.isEvent() && !node.entry.isCommand()) {
        Node cause = cause(node);
        node.follows(
            cause == null ? announcedBy(node).orElseGet(() -> publishedBefore(node)) : cause);
      }
    }
  }

  private Optional<Node> announcedBy(Node node) {
    String database = node.entry.database();
    return nearest(ofType(node.entry.type(), logs.getOrDefault(database, List.of())), node)
        .or(() -> nearest(ofType(node.entry.type(), events.values()), node));
  }

  private static List<Node> ofType(String type, Collection<Node> events) {
    return events.stream().filter(event -> event.entry.type().equals(type)).toList();
  }

  /** The last event that its database had published by its time. */
  private @Nullable Node publishedBefore(Node node) {
    List<Node> log = logs.getOrDefault(node.entry.database(), List.of());
    return log.reversed().stream()
        .filter(event -> !event.entry.at().isAfter(node.entry.at()))
        .findFirst()
        .orElseGet(() -> log.isEmpty() ? null : cause(log.getFirst()));
  }

  private List<TimelineEntry> placed() {
    List<TimelineEntry> placed = new ArrayList<>(nodes.size());
    PriorityQueue<Node> ready = new PriorityQueue<>(READY);
    nodes.stream().filter(node -> node.waitsFor == 0).forEach(ready::add);
    while (placed.size() < nodes.size()) {
      Node next = ready.isEmpty() ? leastOfThoseInACircle() : ready.remove();
      next.placed = true;
      placed.add(next.entry);
      for (Node follower : next.followers) {
        follower.waitsFor--;
        if (follower.earliest.isBefore(next.earliest)) {
          follower.earliest = next.earliest;
        }
        if (follower.waitsFor == 0 && !follower.placed) {
          ready.add(follower);
        }
      }
    }
    return placed;
  }

  private Node leastOfThoseInACircle() {
    return nodes.stream().filter(node -> !node.placed).min(READY).orElseThrow();
  }
}
