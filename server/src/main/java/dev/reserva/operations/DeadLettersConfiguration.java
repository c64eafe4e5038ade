package dev.reserva.operations;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Relays;
import dev.reserva.messaging.UnreadableMessages;
import dev.reserva.operations.adapters.web.CommandsElsewhere;
import dev.reserva.operations.adapters.web.DeadLetterController;
import dev.reserva.operations.adapters.web.DeadLetterEndpoints;
import dev.reserva.operations.adapters.web.DeadLetterLists;
import dev.reserva.operations.adapters.web.MessageCommands;
import dev.reserva.operations.adapters.web.RelayController;
import dev.reserva.operations.application.ManualPublications;
import dev.reserva.operations.application.RecordedFacts;
import dev.reserva.operations.application.RetryUnreadable;
import dev.reserva.operations.application.SetRelayBack;
import dev.reserva.platform.brokers.RememberedImports;
import dev.reserva.platform.events.Schemas;
import dev.reserva.platform.members.Members;
import dev.reserva.platform.web.Commands;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/**
 * The wiring of what operators repair by: dead letters, messages that were not imported, and the
 * relay.
 */
@Configuration(proxyBeanMethods = false)
class DeadLettersConfiguration {

  @Bean
  DeadLetterController deadLetterController(
      DeadLetters deadLetters,
      UnreadableMessages messages,
      RetryUnreadable retryUnreadable,
      RecordedFacts facts,
      DeadLetterLists lists,
      CommandsElsewhere elsewhere,
      Commands commands) {
    return new DeadLetterController(
        deadLetters,
        messages,
        new MessageCommands(messages, retryUnreadable, commands),
        facts,
        lists,
        elsewhere,
        commands);
  }

  @Bean
  DeadLetterLists deadLetterLists(
      DeadLetters deadLetters, UnreadableMessages messages, Members members, JsonMapper json) {
    return new DeadLetterLists(deadLetters, messages, members, json);
  }

  @Bean
  DeadLetterEndpoints deadLetterEndpoints(DeadLetterLists lists) {
    return new DeadLetterEndpoints(lists);
  }

  @Bean
  RetryUnreadable retryUnreadable(
      UnreadableMessages messages,
      EventCatalogue catalogue,
      Schemas schemas,
      JsonMapper json,
      EventLog log,
      RecordedFacts facts,
      ManualPublications publications) {
    return new RetryUnreadable(
        messages,
        catalogue,
        (type, data) -> schemas.violations(type, json.readTree(data)),
        log,
        facts,
        publications);
  }

  @Bean
  RelayController relayController(
      Backbone backbone,
      Relays relays,
      EventLog log,
      RememberedImports remembered,
      Clock clock,
      CommandsElsewhere elsewhere,
      Commands commands) {
    return new RelayController(
        relays,
        new SetRelayBack(backbone, relays, log, remembered.duration(), clock),
        elsewhere,
        commands);
  }
}
