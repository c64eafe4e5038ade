package dev.reserva.sales.application;

import static dev.reserva.sales.application.OrderCommand.refused;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.Basket;
import dev.reserva.sales.domain.Basket.Pricing;
import dev.reserva.sales.domain.Order;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a draft into an order at the catalogue's current prices. */
public final class SubmitDraft {

  private final Orders orders;
  private final Products products;
  private final Customers customers;

  public SubmitDraft(Orders orders, Products products, Customers customers) {
    this.orders = orders;
    this.products = products;
    this.customers = customers;
  }

  /**
   * @param expectedTotal the only total that the buyer accepts; absent if any
   */
  public MoveOutcome submit(OrderCommand command, @Nullable Money expectedTotal, UnitOfWork tx) {
    return command.on(orders, tx, draft -> submit(command, draft, expectedTotal, tx));
  }

  private MoveOutcome submit(
      OrderCommand command, Order draft, @Nullable Money expectedTotal, UnitOfWork tx) {
    if (draft.status() != OrderStatus.DRAFT) {
      return refused(new Refusal.WrongState(draft.id(), draft.status()));
    }
    if (!customers.mayOrder(draft.state().customerId(), tx)) {
      return refused(new Refusal.InactiveCustomer(draft.state().customerId()));
    }
    List<OrderLine> drafted =
        orders.lines(List.of(draft.id()), tx).get().getOrDefault(draft.id(), List.of());
    Basket basket = Basket.of(drafted);
    return switch (basket.price(products.find(basket.products(), tx)::get)) {
      case Pricing.Impossible why -> refused(Refusal.of(why));
      case Pricing.Priced priced ->
          expectedTotal == null || expectedTotal.equals(priced.total())
              ? carryOut(command, draft, drafted, priced, tx)
              : refused(new Refusal.PriceChanged(draft.id(), expectedTotal, priced.total()));
    };
  }

  private MoveOutcome carryOut(
      OrderCommand command,
      Order draft,
      List<OrderLine> drafted,
      Pricing.Priced priced,
      UnitOfWork tx) {
    Money previous = draft.state().total();
    return switch (draft.submit(priced.total(), tx.now())) {
      case Order.Answer.Refused wrong ->
          refused(new Refusal.WrongState(draft.id(), wrong.status()));
      case Order.Answer.Done done -> {
        if (!priced.lines().equals(drafted)) {
          orders.rewrite(draft, priced.lines(), tx);
        }
        Announcements.step(draft.state(), done.step(), priced.lines(), command.cause(), tx);
        orders.save(List.of(draft), tx);
        yield new MoveOutcome.Done(
            new PlacedOrder(draft.state(), priced.lines()),
            OrderStatus.DRAFT,
            previous.equals(priced.total()) ? null : previous);
      }
    };
  }
}
