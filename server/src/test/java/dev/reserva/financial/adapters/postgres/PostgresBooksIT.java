package dev.reserva.financial.adapters.postgres;

import static dev.reserva.financial.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.financial.FinancialDatabase;
import dev.reserva.financial.Fixtures;
import dev.reserva.financial.application.BooksContract;
import dev.reserva.financial.application.OrderNotes;
import dev.reserva.financial.application.Payments;
import dev.reserva.financial.application.ReceivedWebhooks;
import dev.reserva.financial.application.Refunds;
import dev.reserva.financial.domain.Instructions;
import dev.reserva.financial.domain.Payment;
import dev.reserva.messaging.Transactions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresBooksIT extends BooksContract {

  private final FinancialDatabase database = new FinancialDatabase();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_payment_that_is_made_while_its_order_is_waited_for_is_locked_with_it() {
    Payment replaced = Fixtures.payment(Fixtures.IDS.next());
    UUID order = replaced.terms().orderId();
    transactions()
        .run(tx -> {
          replaced.claim(NOON.plusSeconds(5));
          replaced.awaitBuyer(Instructions.NONE, NOON.plusSeconds(60), NOON);
          payments().insert(List.of(replaced), tx);
        });
    Payment next = Fixtures.payment(order, replaced.id());

    CompletableFuture<Map<UUID, List<Payment>>> waiting =
        transactions()
            .call(tx -> {
              payments().lockByOrders(List.of(order), tx);
              replaced.replaceBy(next.id(), NOON);
              payments().save(List.of(replaced), tx);
              payments().insert(List.of(next), tx);
              var other =
                  CompletableFuture.supplyAsync(() ->
                      transactions().call(late -> payments().lockByOrders(List.of(order), late)));
              await().until(this::somebodyWaitsForALock);
              return other;
            });

    assertThat(waiting.join().getOrDefault(order, List.of()))
        .extracting(Payment::id)
        .containsExactly(replaced.id(), next.id());
  }

  private boolean somebodyWaitsForALock() {
    return database
            .sql()
            .sql(
                "select count(*) from pg_stat_activity"
                    + " where datname = current_database() and wait_event_type = 'Lock'")
            .query(Long.class)
            .single()
        > 0;
  }

  @Override
  protected Transactions transactions() {
    return database.transactions();
  }

  @Override
  protected Payments payments() {
    return new PostgresPayments();
  }

  @Override
  protected Refunds refunds() {
    return new PostgresRefunds();
  }

  @Override
  protected OrderNotes notes() {
    return new PostgresOrderNotes();
  }

  @Override
  protected ReceivedWebhooks webhooks() {
    return new PostgresReceivedWebhooks();
  }
}
