package dev.reserva.operations.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.domain.OrderBook;
import java.util.List;
import java.util.UUID;

/**
 * Sales, inventory, financial and logistics agree on every order: its reservation covers exactly
 * its lines, and so do its shipments together; an order that is confirmed or later has its goods
 * and its money; a cancelled or failed one has neither, and none of its shipments is under way.
 *
 * <p>Some rules hold only once all events of the order are handled. An order that breaks one of
 * them counts as in flight while it may have such an event. If sales, inventory or financial has
 * another database, no order is checked here; {@link OrdersAgreeAcross} does it.
 */
public final class OrdersAgree implements Invariant {

  /** 1,000 orders: three queries a page, and one page in memory. */
  static final int PAGE = 1_000;

  static final String NAME = "orders.services-agree";

  private final OrderBooks books;
  private final Traffic traffic;

  public OrdersAgree(OrderBooks books, Traffic traffic) {
    this.books = books;
    this.traffic = traffic;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Finding count(UnitOfWork snapshot, Deadline deadline) {
    Tally tally = new Tally();
    if (!books.complete()) {
      return tally.finding();
    }
    UUID after = null;
    List<OrderBook> page;
    do {
      deadline.check();
      page = books.page(snapshot, after, PAGE);
      tally.checked(page.size());
      page.forEach(book -> judge(book, tally));
      after = page.isEmpty() ? after : page.getLast().id();
    } while (page.size() == PAGE);
    return tally.finding();
  }

  private void judge(OrderBook book, Tally tally) {
    List<String> contradictions = book.contradictions();
    if (!contradictions.isEmpty()) {
      tally.violated(contradictions);
      return;
    }
    List<String> leftovers = book.leftovers();
    if (leftovers.isEmpty()) {
      return;
    }
    if (traffic.mayConcern(book.id())) {
      tally.inFlight();
    } else {
      tally.violated(leftovers);
    }
  }
}
