package dev.reserva.notifications;

import dev.reserva.messaging.Transactions;
import dev.reserva.notifications.adapters.monitoring.MessageMetrics;
import dev.reserva.notifications.application.MessageSender;
import dev.reserva.notifications.application.Messages;
import dev.reserva.notifications.application.SendingCounts;
import dev.reserva.platform.monitoring.HealthSignals;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what operators see of the channels. */
@Configuration(proxyBeanMethods = false)
class MonitoringConfiguration {

  @Bean
  SendingCounts sendingCounts() {
    return new SendingCounts();
  }

  @Bean
  MessageMetrics messageMetrics(
      SendingCounts counts,
      List<MessageSender> senders,
      Messages messages,
      Transactions transactions,
      Clock clock) {
    return new MessageMetrics(counts, senders, messages, transactions, clock);
  }

  @Bean
  HealthSignals channelSignals(List<MessageSender> senders) {
    return new HealthSignals(() ->
        senders.stream()
            .filter(sender -> !sender.isReady())
            .map(sender ->
                "notifications: the provider of the channel %s does not answer and is left alone for a while; messages wait"
                    .formatted(sender.channel().wire()))
            .toList());
  }
}
