package dev.reserva.notifications;

import dev.reserva.messaging.Transactions;
import dev.reserva.notifications.adapters.mongodb.MongoHistory;
import dev.reserva.notifications.adapters.postgres.PostgresHistory;
import dev.reserva.notifications.application.History;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires where the words of messages are stored. */
@Configuration(proxyBeanMethods = false)
class HistoryConfiguration {

  /** The history as it is stored, with sealed words. */
  record StoredHistory(History history) implements AutoCloseable {
    @Override
    public void close() {
      if (history instanceof MongoHistory mongo) {
        mongo.close();
      }
    }
  }

  @Bean
  StoredHistory storedHistory(NotificationsProperties properties, Transactions transactions) {
    MongoProperties mongo = properties.mongodb();
    return new StoredHistory(
        properties.history().equals(NotificationsProperties.MONGODB) && mongo.url() != null
            ? new MongoHistory(mongo.url(), mongo.database(), mongo.timeout())
            : new PostgresHistory(transactions));
  }
}
