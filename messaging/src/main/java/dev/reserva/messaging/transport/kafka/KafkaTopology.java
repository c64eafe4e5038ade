package dev.reserva.messaging.transport.kafka;

import dev.reserva.messaging.Event;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What goes to which topic, and who reads it.
 *
 * <ul>
 *   <li>Events of a context go to its topic. The record's key is the event's key, so the events of
 *       one key and context are in one partition, in the order in which they were confirmed.
 *   <li>All processes on one database are members of one consumer group. It subscribes to the
 *       topics of the contexts of which it hears a type, and passes over the other types in them.
 *   <li>What cannot be read as an event goes to {@code <topic>.dlt}, which nobody consumes.
 * </ul>
 *
 * <p>Each partition is read by one member of the group at a time, so all events of a key and a
 * context come by one way. Between topics there is no order, even if one log has published to both:
 * what depends on several contexts has to accept their events in any order, as it has to when each
 * context has a log of its own.
 */
public final class KafkaTopology {

  /** Header: the event's type. */
  static final String TYPE = "type";

  private final String group;
  private final Set<String> heardTypes;
  private final Function<String, KafkaTopic> topicOfContext;
  private final SortedMap<String, KafkaTopic> published = new TreeMap<>();
  private final SortedMap<String, KafkaTopic> consumed = new TreeMap<>();

  /**
   * @param group the consumer group, the same for all processes on one database, and for them alone
   * @param knownTypes all types of event
   * @param heardTypes types that the services on this database consume and others publish; none if
   *     the process only publishes
   * @param topicOfContext the topic of a context such as {@code sales}
   */
  public KafkaTopology(
      String group,
      Set<String> knownTypes,
      Set<String> heardTypes,
      Function<String, KafkaTopic> topicOfContext) {
    if (!knownTypes.containsAll(heardTypes)) {
      throw new IllegalArgumentException("heard types must be known, were " + heardTypes);
    }
    this.group = group;
    this.heardTypes = Set.copyOf(heardTypes);
    this.topicOfContext = topicOfContext;
    knownTypes.forEach(type -> add(published, type));
    heardTypes.forEach(type -> add(consumed, type));
  }

  private void add(Map<String, KafkaTopic> topics, String type) {
    KafkaTopic topic = topicOfType(type);
    topics.put(topic.name(), topic);
  }

  private KafkaTopic topicOfType(String type) {
    return topicOfContext.apply(Event.contextOf(type));
  }

  /** The consumer group, if the process consumes anything. */
  List<String> queues() {
    return consumed.isEmpty() ? List.of() : List.of(group);
  }

  /** The topic of an event. Its type may be one of a newer version. */
  KafkaTopic topicOf(Event event) {
    return topicOfType(event.type());
  }

  /** The topics of all known types. */
  Collection<KafkaTopic> published() {
    return published.values();
  }

  /** Names of the topics that the group subscribes to. */
  Set<String> subscribed() {
    return new TreeSet<>(consumed.keySet());
  }

  /** The topics that a consumer needs, with those of dead letters. */
  List<KafkaTopic> consumed() {
    return consumed.values().stream()
        .<KafkaTopic>mapMulti((topic, each) -> {
          each.accept(topic);
          each.accept(topic.deadLetters());
        })
        .toList();
  }

  /** The topics to which consumers of these types put what they cannot read. */
  List<KafkaTopic> deadLettersOf(Collection<String> types) {
    return types.stream().map(this::topicOfType).distinct().map(KafkaTopic::deadLetters).toList();
  }

  /**
   * Whether a record is to be imported. One without a type is: it is no event, or a foreign one.
   */
  boolean hears(Headers headers) {
    Header type = headers.lastHeader(TYPE);
    return type == null || heardTypes.contains(KafkaHeaders.text(type));
  }
}
