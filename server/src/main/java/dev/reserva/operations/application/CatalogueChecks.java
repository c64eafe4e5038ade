package dev.reserva.operations.application;

import dev.reserva.contracts.Contract;
import dev.reserva.messaging.TopologyInspection.Check;
import dev.reserva.messaging.TopologyInspection.Finding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Checks the catalogue of events against who consumes them. It needs no broker.
 *
 * <p>That each queue is consumed once only is not checked here: only the intake consumes a broker,
 * and it imports by the inbox, which a rule on the imports of classes holds ({@code
 * ImportRules.onlyTheIntakeConsumesABroker}).
 *
 * @param contracts all types of event
 * @param consumers what each service is declared to consume
 * @param schemas the schema of a type; empty if there is none
 * @param subscriptions what each service of this process subscribes to
 */
public record CatalogueChecks(
    List<Contract<?>> contracts,
    Map<String, Set<String>> consumers,
    Function<String, Optional<PayloadSchema>> schemas,
    Map<String, Set<String>> subscriptions) {

  private static final String ORDER = "orderId";

  /**
   * What a schema says of a payload.
   *
   * @param id such as {@code /schemas/sales.order.created/1}
   * @param members names of all members
   * @param requiredIds names of the required members that are UUIDs
   */
  public record PayloadSchema(String id, Set<String> members, Set<String> requiredIds) {}

  /** The same in all processes of a version. */
  List<Check> ofTheCatalogue() {
    return List.of(typesAreConsumed(), consumedTypesExist(), typesHaveSchemas(), eventsAreKeyed());
  }

  private static String object(String type) {
    return "event type " + type;
  }

  private Check typesAreConsumed() {
    Set<String> consumed =
        consumers.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    List<Finding> findings = new ArrayList<>();
    for (Contract<?> contract : contracts) {
      String type = contract.name();
      if (!consumed.contains(type) && !contract.recordOnly()) {
        findings.add(
            new Finding(
                object(type),
                "no service consumes it, and its contract does not say that it is only for the"
                    + " record"));
      } else if (consumed.contains(type) && contract.recordOnly()) {
        findings.add(
            new Finding(
                object(type),
                "its contract says that it is only for the record, and a service consumes it"));
      }
    }
    return new Check("catalogue.types-are-consumed", contracts.size(), findings);
  }

  private Check consumedTypesExist() {
    Set<String> known = contracts.stream().map(Contract::name).collect(Collectors.toSet());
    List<Finding> findings = new ArrayList<>();
    long checked = 0;
    for (Map.Entry<String, Set<String>> service : consumers.entrySet()) {
      for (String type : service.getValue().stream().sorted().toList()) {
        checked++;
        if (!known.contains(type)) {
          findings.add(
              new Finding(
                  object(type), service.getKey() + " consumes it, and nobody publishes it"));
        }
      }
    }
    return new Check("catalogue.consumed-types-exist", checked, findings);
  }

  private Check typesHaveSchemas() {
    List<Finding> findings = new ArrayList<>();
    for (Contract<?> contract : contracts) {
      String wanted = "/schemas/%s/%d".formatted(contract.name(), contract.version());
      Optional<PayloadSchema> schema = schemas.apply(contract.name());
      if (schema.isEmpty()) {
        findings.add(new Finding(object(contract.name()), "has no schema"));
      } else if (!schema.get().id().equals(wanted)) {
        findings.add(
            new Finding(
                object(contract.name()),
                "its schema is %s, and its events name %s".formatted(schema.get().id(), wanted)));
      }
    }
    return new Check("catalogue.types-have-schemas", contracts.size(), findings);
  }

  /** The key comes from the payload, so every payload has to have the id that it is. */
  private Check eventsAreKeyed() {
    List<Finding> findings = new ArrayList<>();
    for (Contract<?> contract : contracts) {
      schemas
          .apply(contract.name())
          .ifPresent(schema -> {
            if (schema.requiredIds().isEmpty()) {
              findings.add(
                  new Finding(
                      object(contract.name()), "requires no id, so its events may have no key"));
            } else if (schema.members().contains(ORDER) && !schema.requiredIds().contains(ORDER)) {
              findings.add(
                  new Finding(
                      object(contract.name()),
                      "names an order and does not require it, so its events may leave the order of"
                          + " their key"));
            }
          });
    }
    return new Check("catalogue.events-are-keyed", contracts.size(), findings);
  }

  /** Of the services of this process. */
  Check subscribed() {
    List<Finding> findings = new ArrayList<>();
    subscriptions.forEach((service, types) -> {
      Set<String> declared = consumers.getOrDefault(service, Set.of());
      report(
          service, declared, types, "is declared to consume %s and does not subscribe", findings);
      report(service, types, declared, "subscribes to %s and is not declared to", findings);
    });
    return new Check("catalogue.services-subscribe", subscriptions.size(), findings);
  }

  private static void report(
      String service, Set<String> some, Set<String> others, String text, List<Finding> findings) {
    Set<String> missing = new LinkedHashSet<>(some.stream().sorted().toList());
    missing.removeAll(others);
    missing.forEach(type -> findings.add(new Finding("service " + service, text.formatted(type))));
  }
}
