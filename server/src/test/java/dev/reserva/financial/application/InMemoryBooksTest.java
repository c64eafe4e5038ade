package dev.reserva.financial.application;

import dev.reserva.financial.InMemoryBooks;
import dev.reserva.messaging.Transactions;

class InMemoryBooksTest extends BooksContract {

  private final InMemoryBooks books = new InMemoryBooks();

  @Override
  protected Transactions transactions() {
    return books;
  }

  @Override
  protected Payments payments() {
    return books.payments();
  }

  @Override
  protected Refunds refunds() {
    return books.refunds();
  }

  @Override
  protected OrderNotes notes() {
    return books.notes();
  }

  @Override
  protected ReceivedWebhooks webhooks() {
    return books.webhooks();
  }
}
