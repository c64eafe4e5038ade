package dev.reserva;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.Contracts;
import dev.reserva.messaging.Subscription;
import dev.reserva.platform.events.CatalogueTable;
import dev.reserva.platform.events.CatalogueTable.Row;
import dev.reserva.postgres.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Compares the consumers in docs/events.md with the subscriptions of the running services. */
class PublishedLanguageIT {

  /** Events without a consumer: they are for the log, the audit trail and the live feed. */
  private static final Set<String> RECORD_ONLY =
      Set.of(
          Contracts.VERIFICATION_REQUESTED,
          Contracts.PASSWORD_RESET_REQUESTED,
          Contracts.SIGN_UP_REPEATED,
          Contracts.LOCATION_UPDATED,
          Contracts.STOCK_ADJUSTED,
          Contracts.STOCK_TRANSFERRED,
          Contracts.PAYMENT_REQUESTED,
          Contracts.PAYMENT_PROCESSING,
          Contracts.RETURN_REQUESTED,
          Contracts.RETURN_APPROVED,
          Contracts.RETURN_REJECTED,
          Contracts.RECEIVABLE_OPENED,
          Contracts.RECEIVABLE_SETTLED,
          Contracts.RECEIVABLE_CANCELLED,
          Contracts.EMAIL_SENT,
          Contracts.SMS_SENT,
          Contracts.PUSH_SENT,
          Contracts.DELIVERY_FAILED,
          Contracts.MESSAGE_RETRIED,
          Contracts.MESSAGE_DISCARDED);

  @TempDir private static Path data;
  private static ConfigurableApplicationContext server;
  private static List<Subscription> subscriptions;

  @BeforeAll
  static void start() {
    var postgres = TestPostgres.server();
    server =
        Reserva.start(
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--reserva.data=" + data,
            "--reserva.database.url=" + postgres.jdbcUrl(TestPostgres.freshDatabaseName()),
            "--reserva.database.username=" + postgres.user(),
            "--reserva.database.password=" + postgres.password());
    subscriptions = new ArrayList<>(server.getBeansOfType(Subscription.class).values());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void every_event_is_consumed_as_the_table_says() {
    Map<String, Set<String>> consumed = new TreeMap<>();
    Contracts.ALL.forEach(contract -> consumed.put(contract.name(), new TreeSet<>()));
    for (Subscription subscription : subscriptions) {
      for (String type : subscription.types()) {
        assertThat(consumed).as("%s subscribes to", subscription.name()).containsKey(type);
        consumed.get(type).add(subscription.name());
      }
    }
    Map<String, Set<String>> documented = new TreeMap<>();
    CatalogueTable.read().forEach((Row row) -> documented.put(row.type(), row.consumers()));

    assertThat(documented).isEqualTo(consumed);
  }

  @Test
  void every_event_is_consumed_or_declared_to_be_for_the_record_only() {
    Set<String> consumed = new TreeSet<>();
    subscriptions.forEach(subscription -> consumed.addAll(subscription.types()));
    Set<String> unused = new TreeSet<>();
    Contracts.ALL.forEach(contract -> unused.add(contract.name()));
    unused.removeAll(consumed);

    assertThat(unused).isEqualTo(new TreeSet<>(RECORD_ONLY));
  }
}
