package dev.reserva.platform.events;

import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Transactions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the published language. */
@Configuration(proxyBeanMethods = false)
public class EventsConfiguration {

  @Bean
  Schemas schemas() {
    return new Schemas();
  }

  @Bean
  EventsByHand eventsByHand(Transactions transactions) {
    return new EventsByHand(transactions);
  }

  @Bean
  DeadLetters.EditPolicy editedPayloadPolicy(EventCatalogue catalogue, Schemas schemas) {
    return new EditedPayloadPolicy(catalogue, schemas);
  }

  @Bean
  DeadLetters.Announcer deadLetterAnnouncer() {
    return new DeadLetterAnnouncer();
  }
}
