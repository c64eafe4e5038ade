package dev.reserva.financial.adapters.memory;

import dev.reserva.TestTransactions;
import dev.reserva.financial.Fixtures;
import dev.reserva.financial.application.BooksContract;
import dev.reserva.financial.application.OrderNotes;
import dev.reserva.financial.application.Payments;
import dev.reserva.financial.application.ReceivedWebhooks;
import dev.reserva.financial.application.Refunds;
import dev.reserva.messaging.Transactions;

class MemoryBooksTest extends BooksContract {

  private final Transactions transactions = new TestTransactions(Fixtures.NOON);

  @Override
  protected Transactions transactions() {
    return transactions;
  }

  @Override
  protected Payments payments() {
    return new MemoryPayments();
  }

  @Override
  protected Refunds refunds() {
    return new MemoryRefunds();
  }

  @Override
  protected OrderNotes notes() {
    return new MemoryOrderNotes();
  }

  @Override
  protected ReceivedWebhooks webhooks() {
    return new MemoryReceivedWebhooks();
  }
}
