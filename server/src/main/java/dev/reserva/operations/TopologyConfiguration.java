package dev.reserva.operations;

import dev.reserva.contracts.Consumers;
import dev.reserva.contracts.Contracts;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TopologyInspection;
import dev.reserva.operations.adapters.web.TopologyController;
import dev.reserva.operations.application.CatalogueChecks;
import dev.reserva.operations.application.CatalogueChecks.PayloadSchema;
import dev.reserva.operations.application.CheckTopology;
import dev.reserva.operations.application.CheckTopology.Report;
import dev.reserva.platform.brokers.MessagingProperties;
import dev.reserva.platform.events.Schemas;
import dev.reserva.platform.members.Members;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The wiring of the check of the topology. */
@Configuration(proxyBeanMethods = false)
class TopologyConfiguration {

  /** A broker that answers for few objects makes a check take long. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Bean
  CheckTopology checkTopology(
      MessagingProperties properties,
      Schemas schemas,
      ObjectProvider<Subscription> subscriptions,
      ObjectProvider<TopologyInspection> inspection,
      Members members) {
    var catalogue =
        new CatalogueChecks(
            Contracts.ALL,
            Consumers.services().stream()
                .collect(Collectors.toMap(Function.identity(), Consumers::typesOf)),
            type -> schemas.find(type).map(TopologyConfiguration::described),
            subscriptions.stream()
                .collect(Collectors.toMap(Subscription::name, Subscription::types)));
    return new CheckTopology(
        properties.transport().name().toLowerCase(Locale.ROOT),
        catalogue,
        Optional.ofNullable(inspection.getIfAvailable()),
        () ->
            members
                .each(
                    name -> members.ask(name, TopologyController.INTERNAL, PATIENCE, Report.class))
                .values());
  }

  @Bean
  TopologyController topologyController(CheckTopology checkTopology) {
    return new TopologyController(checkTopology);
  }

  private static PayloadSchema described(Schemas.Published schema) {
    return new PayloadSchema(schema.id(), schema.members(), schema.requiredIds());
  }
}
