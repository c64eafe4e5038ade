package dev.reserva.financial.adapters.postgres;

import dev.reserva.financial.FinancialDatabase;
import dev.reserva.financial.application.BooksContract;
import dev.reserva.financial.application.OrderNotes;
import dev.reserva.financial.application.Payments;
import dev.reserva.financial.application.ReceivedWebhooks;
import dev.reserva.financial.application.Refunds;
import dev.reserva.messaging.Transactions;
import org.junit.jupiter.api.AfterEach;

class PostgresBooksIT extends BooksContract {

  private final FinancialDatabase database = new FinancialDatabase();

  @AfterEach
  void close() {
    database.close();
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
