package dev.reserva.customers.adapters.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.ServiceDatabase;
import dev.reserva.contracts.SalesEvent.CustomerOrdersEnded;
import dev.reserva.customers.adapters.postgres.PostgresCustomers;
import dev.reserva.customers.adapters.postgres.PostgresErasures;
import dev.reserva.customers.adapters.postgres.PostgresSessions;
import dev.reserva.customers.adapters.postgres.PostgresUsers;
import dev.reserva.customers.adapters.sealing.SubjectPersonalKeys;
import dev.reserva.customers.application.AccessTokens;
import dev.reserva.customers.application.DeactivateCustomer;
import dev.reserva.customers.application.EndSessions;
import dev.reserva.customers.application.EraseCustomer;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.privacy.TestKeys;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class CustomersMessagesIT {

  private static final ServiceDatabase DATABASE = new ServiceDatabase("customers", "platform");
  private static final Ids IDS = Ids.timeOrdered();
  private static final int CUSTOMERS = 100;

  private final JdbcTemplate sql = new JdbcTemplate(DATABASE.dataSource());
  private final PostgresUsers users = new PostgresUsers();
  private final CustomersMessages messages =
      new CustomersMessages(
          new EraseCustomer(
              new PostgresErasures(),
              new DeactivateCustomer(
                  new PostgresCustomers(),
                  users,
                  new EndSessions(users, new PostgresSessions(), new NoTokens())),
              new SubjectPersonalKeys(TestKeys.subjectKeys())));

  /** There are no tokens to refuse. */
  private static final class NoTokens implements AccessTokens {
    @Override
    public void refuseBelow(UUID account, int version, Instant now, UnitOfWork tx) {}

    @Override
    public void refuseOf(UUID session, Instant now, UnitOfWork tx) {}
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void erasures_in_opposite_order_never_wait_in_a_circle_and_erase_each_customer_once()
      throws Exception {
    List<UUID> customers = Stream.generate(IDS::next).limit(CUSTOMERS).toList();
    customers.forEach(this::addWhoWantsToBeErased);
    var start = new CyclicBarrier(2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running =
          Stream.of(customers, customers.reversed())
              .<Future<?>>map(order -> {
                List<Message> batch = order.stream().map(CustomersMessagesIT::ordersEnded).toList();
                return threads.submit(() -> {
                  start.await();
                  DATABASE.transactions().run(tx -> messages.handle(batch, tx));
                  return null;
                });
              })
              .toList();
      for (Future<?> one : running) {
        one.get();
      }
    }

    assertThat(DATABASE.deadlocks()).as("deadlocks").isZero();
    assertThat(
            sql.queryForList(
                "select version from customers.customer where erased_at is not null",
                Integer.class))
        .hasSize(CUSTOMERS)
        .containsOnly(2);
  }

  private void addWhoWantsToBeErased(UUID id) {
    sql.update(
        """
        insert into customers.customer
          (id, name, email, email_key, active, verified, version, created_at, updated_at,
           erasure_requested_at)
        values (?, 'Ana', ?, ?, false, false, 1, now(), now(), now())
        """,
        id,
        id + "@example.org",
        id + "@example.org");
  }

  private static Message ordersEnded(UUID customer) {
    Event event =
        DATABASE
            .catalogue()
            .envelop(IDS.next(), new CustomerOrdersEnded(customer), Cause.of("c"), Instant.now());
    return new Message(1, event, DATABASE.catalogue(), null);
  }
}
