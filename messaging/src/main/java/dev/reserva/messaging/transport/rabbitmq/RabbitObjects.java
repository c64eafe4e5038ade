package dev.reserva.messaging.transport.rabbitmq;

import com.rabbitmq.client.BuiltinExchangeType;
import dev.reserva.messaging.transport.rabbitmq.RabbitManagement.Binding;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The exchanges, queues and bindings of a process, as values. {@link RabbitTopology} declares them,
 * {@link RabbitInspection} compares them with what is there.
 *
 * @param exchanges types by name
 * @param queues arguments by name, with those of dead letters
 * @param bindings all bindings that lead to {@code queues}
 */
record RabbitObjects(
    SortedMap<String, BuiltinExchangeType> exchanges,
    SortedMap<String, Map<String, Object>> queues,
    Set<Binding> bindings) {

  static final String DEAD_LETTER_EXCHANGE = "reserva.dlx";

  /** Ends the name of the queue of what a consumer rejects. */
  static final String DEAD = ".dlq";

  /** Ends the name of the queue by which the process learns of dead letters. */
  static final String DEAD_INTAKE = ".dlq.intake";

  /** Nothing limits its length or the age of its messages: an operator decides about each. */
  static final Map<String, Object> DEAD_LETTER_ARGUMENTS = Map.of("x-queue-type", "quorum");

  /**
   * Each lost connection may count as a delivery of the message that was not settled. RabbitMQ 4
   * has a limit of 20 if none is given.
   */
  static final Map<String, Object> DEAD_INTAKE_ARGUMENTS =
      Map.of("x-queue-type", "quorum", "x-delivery-limit", 1_000_000);

  /** The queues that each dead letter of a queue comes to, with their arguments. */
  static SortedMap<String, Map<String, Object>> deadLettersOf(String queue) {
    return new TreeMap<>(
        Map.of(
            queue + DEAD, DEAD_LETTER_ARGUMENTS,
            queue + DEAD_INTAKE, DEAD_INTAKE_ARGUMENTS));
  }

  /** How dead letters of a queue come to one of {@link #deadLettersOf}. */
  static Binding wayOfDeadLetters(String queue, String to) {
    return new Binding(DEAD_LETTER_EXCHANGE, to, true, queue, Map.of());
  }

  /** What is the same for a queue whatever the settings of its process are. */
  static Map<String, Object> fixedArguments(String queue) {
    return Map.of(
        "x-queue-type",
        "quorum",
        "x-single-active-consumer",
        true,
        "x-dead-letter-exchange",
        DEAD_LETTER_EXCHANGE,
        "x-dead-letter-routing-key",
        queue,
        "x-dead-letter-strategy",
        "at-least-once",
        "x-overflow",
        "reject-publish");
  }

  static Map<String, Object> arguments(String queue, RabbitSettings settings) {
    Map<String, Object> arguments = new TreeMap<>(fixedArguments(queue));
    arguments.put("x-delivery-limit", settings.deliveryLimit());
    arguments.put("x-max-length", settings.maxLength());
    return arguments;
  }

  /** The queue of a service if it has one only; with several, it begins their names. */
  static String queueOf(String service) {
    return service + ".queue";
  }

  /** The exchange that divides a service's events among its queues, if it has several. */
  static String partitionsOf(String service) {
    return service + ".partitions";
  }

  static List<String> queuesOf(String service, int partitions) {
    String queue = queueOf(service);
    return partitions == 1
        ? List.of(queue)
        : IntStream.range(0, partitions).mapToObj(i -> queue + "." + i).toList();
  }

  /** How a header exchange selects the messages of a slot. */
  static Map<String, Object> ofSlot(int slot) {
    return Map.of("x-match", "all", RabbitTopology.SLOT, slot);
  }

  static RabbitObjects of(
      Set<String> services,
      Set<String> knownTypes,
      Set<String> heardTypes,
      RabbitSettings settings) {
    SortedMap<String, BuiltinExchangeType> exchanges = new TreeMap<>();
    SortedMap<String, Map<String, Object>> queues = new TreeMap<>();
    Set<Binding> bindings = new HashSet<>();
    knownTypes.forEach(
        type -> exchanges.put(RabbitTopology.exchangeOf(type), BuiltinExchangeType.TOPIC));
    exchanges.put(DEAD_LETTER_EXCHANGE, BuiltinExchangeType.DIRECT);
    for (String service : services) {
      List<String> its = queuesOf(service, settings.partitions());
      for (String queue : its) {
        queues.put(queue, arguments(queue, settings));
        SortedMap<String, Map<String, Object>> dead = deadLettersOf(queue);
        queues.putAll(dead);
        dead.keySet().forEach(to -> bindings.add(wayOfDeadLetters(queue, to)));
      }
      boolean divided = settings.partitions() > 1;
      String entrance = divided ? partitionsOf(service) : queueOf(service);
      for (String type : heardTypes) {
        bindings.add(
            new Binding(RabbitTopology.exchangeOf(type), entrance, !divided, type, Map.of()));
      }
      if (divided) {
        exchanges.put(entrance, BuiltinExchangeType.HEADERS);
        for (int slot = 0; slot < RabbitTopology.SLOTS; slot++) {
          bindings.add(
              new Binding(entrance, its.get(slot % its.size()), true, "", texts(ofSlot(slot))));
        }
      }
    }
    return new RabbitObjects(exchanges, queues, bindings);
  }

  /** Arguments as the management API is read. */
  static Map<String, String> texts(Map<String, Object> arguments) {
    Map<String, String> texts = new TreeMap<>();
    arguments.forEach((name, value) -> texts.put(name, String.valueOf(value)));
    return texts;
  }

  /** Whether a binding leads to an object of this process. */
  boolean leadsHere(Binding binding) {
    return binding.toQueue()
        ? queues.containsKey(binding.destination())
        : exchanges.get(binding.destination()) == BuiltinExchangeType.HEADERS;
  }
}
