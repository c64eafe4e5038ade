package dev.reserva.platform.brokers;

import dev.reserva.contracts.Consumers;
import dev.reserva.contracts.Contract;
import dev.reserva.contracts.Contracts;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which types of event cross between the services of this process and those of others.
 *
 * @param services the services of this process
 */
record SharedTypes(Set<String> services) {

  /** Every process publishes events of this context: dead letters and the audit trail. */
  private static final String OF_ALL = "operations";

  SharedTypes {
    services = Set.copyOf(services);
  }

  /** Those of the given names that are services and not other schemas. */
  static SharedTypes ofSchemas(Set<String> names) {
    return new SharedTypes(
        names.stream().filter(contexts()::contains).collect(Collectors.toUnmodifiableSet()));
  }

  private static Set<String> contexts() {
    return Contracts.ALL.stream().map(Contract::context).collect(Collectors.toUnmodifiableSet());
  }

  /** All types of event. */
  Set<String> all() {
    return select(_ -> true);
  }

  /** Types that a service of this process keeps and one of another process may publish. */
  Set<String> heardHere() {
    if (services.containsAll(contexts())) {
      return Set.of(); // no other process has a service
    }
    return select(contract ->
        (!services.contains(contract.context()) || contract.context().equals(OF_ALL))
            && Consumers.keepers(contract.name()).stream().anyMatch(services::contains));
  }

  /** Types that a service of another process keeps. */
  Set<String> heardElsewhere() {
    return select(contract ->
        Consumers.keepers(contract.name()).stream().anyMatch(name -> !services.contains(name)));
  }

  /** Types that this process publishes, by the service of another process that consumes them. */
  Map<String, Set<String>> sentTo() {
    Map<String, Set<String>> sent = new TreeMap<>();
    for (Contract<?> contract : Contracts.ALL) {
      if (services.contains(contract.context()) || contract.context().equals(OF_ALL)) {
        for (String consumer : Consumers.keepers(contract.name())) {
          if (!services.contains(consumer)) {
            sent.computeIfAbsent(consumer, _ -> new TreeSet<>()).add(contract.name());
          }
        }
      }
    }
    return sent;
  }

  private static Set<String> select(Predicate<Contract<?>> condition) {
    return Contracts.ALL.stream()
        .filter(condition)
        .map(Contract::name)
        .collect(Collectors.toUnmodifiableSet());
  }
}
