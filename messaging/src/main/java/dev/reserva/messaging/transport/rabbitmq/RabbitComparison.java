package dev.reserva.messaging.transport.rabbitmq;

import dev.reserva.messaging.TopologyInspection.Check;
import dev.reserva.messaging.TopologyInspection.Finding;
import dev.reserva.messaging.transport.rabbitmq.RabbitManagement.Binding;
import dev.reserva.messaging.transport.rabbitmq.RabbitManagement.Queue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares what the management API tells of a virtual host with what a process expects. */
final class RabbitComparison {

  /** What deletes messages of any queue, or a queue, after a time. */
  private static final Set<String> EXPIRY = Set.of("message-ttl", "expires");

  /** What deletes messages of a queue that has no other overflow behaviour. */
  private static final Set<String> LENGTHS = Set.of("max-length", "max-length-bytes");

  private final RabbitObjects own;
  private final Map<String, Set<String>> elsewhere;
  private final Map<String, Queue> queues;
  private final Set<Binding> bindings;

  /**
   * @param elsewhere types that the process publishes, by the service on another database that
   *     consumes them
   */
  RabbitComparison(
      RabbitObjects own,
      Map<String, Set<String>> elsewhere,
      List<Queue> queues,
      List<Binding> bindings) {
    this.own = own;
    this.elsewhere = elsewhere;
    this.queues = queues.stream().collect(Collectors.toMap(Queue::name, Function.identity()));
    this.bindings = new HashSet<>(bindings);
  }

  List<Check> checks() {
    return List.of(ownBindings(), limits(), propertiesElsewhere(), routesElsewhere());
  }

  private Check ownBindings() {
    List<Finding> findings = new ArrayList<>();
    sorted(own.bindings()).stream()
        .filter(binding -> !bindings.contains(binding))
        .forEach(binding ->
            findings.add(
                new Finding(
                    "binding " + binding,
                    "does not exist; the process declares it when it connects again, and what was"
                        + " published meanwhile has to be sent again")));
    sorted(bindings).stream()
        .filter(binding -> own.leadsHere(binding) && !own.bindings().contains(binding))
        .forEach(binding ->
            findings.add(
                new Finding(
                    "binding " + binding,
                    "is foreign: it brings messages that the process does not expect; remove it")));
    return new Check("rabbitmq.bindings", own.bindings().size(), findings);
  }

  private static List<Binding> sorted(Set<Binding> bindings) {
    return bindings.stream().sorted(Comparator.comparing(Binding::toString)).toList();
  }

  /** Limits that somebody has set by a policy, or by arguments, and that lose messages. */
  private Check limits() {
    List<Finding> findings = new ArrayList<>();
    List<Queue> relevant =
        queues.values().stream()
            .filter(queue -> own.queues().containsKey(queue.name()) || isElsewhere(queue.name()))
            .sorted(Comparator.comparing(Queue::name))
            .toList();
    for (Queue queue : relevant) {
      boolean dead = isOfDeadLetters(queue.name());
      Set<String> lossy = new HashSet<>(EXPIRY);
      if (dead) {
        lossy.addAll(LENGTHS);
      }
      for (String limit : lossy.stream().sorted().toList()) {
        String value =
            queue.policy().getOrDefault(limit, queue.arguments().getOrDefault("x-" + limit, ""));
        if (!value.isEmpty()) {
          findings.add(
              new Finding(
                  "queue " + queue.name(),
                  "%s=%s, by a policy or its declaration, %s"
                      .formatted(
                          limit,
                          value,
                          dead
                              ? "deletes dead letters before an operator has decided"
                              : "takes events away that nobody has handled")));
        }
      }
    }
    return new Check("rabbitmq.limits", relevant.size(), findings);
  }

  private boolean isElsewhere(String queue) {
    return elsewhere.keySet().stream().anyMatch(service -> ofService(service, queue));
  }

  /** Whether a queue is one of a service, or that of its dead letters. */
  private static boolean ofService(String service, String queue) {
    return queue.matches(
        Pattern.quote(RabbitObjects.queueOf(service))
            + "(\\.\\d+)?("
            + Pattern.quote(RabbitObjects.DEAD)
            + "|"
            + Pattern.quote(RabbitObjects.DEAD_INTAKE)
            + ")?");
  }

  private static boolean isOfDeadLetters(String queue) {
    return queue.endsWith(RabbitObjects.DEAD) || queue.endsWith(RabbitObjects.DEAD_INTAKE);
  }

  private Check propertiesElsewhere() {
    List<Finding> findings = new ArrayList<>();
    List<Queue> its =
        queues.values().stream()
            .filter(queue -> isElsewhere(queue.name()) && !isOfDeadLetters(queue.name()))
            .sorted(Comparator.comparing(Queue::name))
            .toList();
    for (Queue queue : its) {
      differences(queue, RabbitObjects.texts(RabbitObjects.fixedArguments(queue.name())), findings);
      RabbitObjects.deadLettersOf(queue.name())
          .forEach((name, arguments) -> deadLetters(queue.name(), name, arguments, findings));
    }
    return new Check("rabbitmq.properties-elsewhere", its.size(), findings);
  }

  private void deadLetters(
      String queue, String name, Map<String, Object> arguments, List<Finding> findings) {
    Queue dead = queues.get(name);
    if (dead == null) {
      findings.add(
          new Finding(
              "queue " + name,
              "does not exist: what %s gives up stays there, because it has nowhere to go"
                  .formatted(queue)));
    } else {
      differences(dead, RabbitObjects.texts(arguments), findings);
    }
    Binding way = RabbitObjects.wayOfDeadLetters(queue, name);
    if (!bindings.contains(way)) {
      findings.add(
          new Finding(
              "binding " + way,
              "does not exist: what %s gives up has nowhere to go".formatted(queue)));
    }
  }

  private static void differences(Queue queue, Map<String, String> wanted, List<Finding> findings) {
    if (!queue.type().equals(wanted.get("x-queue-type"))) {
      findings.add(
          new Finding(
              "queue " + queue.name(),
              "is a %s queue and must be a %s queue, which keeps its messages when a node fails"
                  .formatted(queue.type(), wanted.get("x-queue-type"))));
      return; // the other arguments are those of another type
    }
    wanted.forEach((name, value) -> {
      String there = queue.arguments().getOrDefault(name, "nothing");
      if (!there.equals(value)) {
        findings.add(
            new Finding(
                "queue " + queue.name(), "has %s=%s, not %s".formatted(name, there, value)));
      }
    });
  }

  /** Without a route, the relay stops at the next event of the type. */
  private Check routesElsewhere() {
    List<Finding> findings = new ArrayList<>();
    long checked = 0;
    for (Map.Entry<String, Set<String>> service : elsewhere.entrySet()) {
      for (String type : service.getValue().stream().sorted().toList()) {
        checked++;
        if (!isRouted(service.getKey(), type)) {
          findings.add(
              new Finding(
                  "event type " + type,
                  "has no binding from exchange %s to the queues of %s, which consumes it"
                      .formatted(RabbitTopology.exchangeOf(type), service.getKey())));
        }
      }
    }
    return new Check("rabbitmq.routes-elsewhere", checked, findings);
  }

  private boolean isRouted(String service, String type) {
    String exchange = RabbitTopology.exchangeOf(type);
    return bindings.contains(
            new Binding(exchange, RabbitObjects.queueOf(service), true, type, Map.of()))
        || bindings.contains(
            new Binding(exchange, RabbitObjects.partitionsOf(service), false, type, Map.of()));
  }
}
