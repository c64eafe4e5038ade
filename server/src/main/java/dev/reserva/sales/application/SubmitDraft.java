package dev.reserva.sales.application;

import static dev.reserva.sales.application.OrderCommand.refused;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.Basket;
import dev.reserva.sales.domain.Basket.Pricing;
import dev.reserva.sales.domain.Order;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.TaxMode;
import dev.reserva.sales.domain.UnpaidHolds;
import dev.reserva.sales.domain.UnpaidHolds.Excess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns a draft into an order at the catalogue's current prices. */
public final class SubmitDraft {

  private final Orders orders;
  private final Products products;
  private final Customers customers;
  private final LimitHolds limitHolds;
  private final TaxMode taxMode;

  public SubmitDraft(
      Orders orders,
      Products products,
      Customers customers,
      LimitHolds limitHolds,
      TaxMode taxMode) {
    this.orders = orders;
    this.products = products;
    this.customers = customers;
    this.limitHolds = limitHolds;
    this.taxMode = taxMode;
  }

  /**
   * @param expectedTotal the only total that the buyer accepts; absent if any
   */
  public MoveOutcome submit(OrderCommand command, @Nullable Money expectedTotal, UnitOfWork tx) {
    // Before the order: customers are locked before orders everywhere.
    Map<UUID, Boolean> verified = limitHolds.lock(submitter(command), tx).get();
    return command.on(orders, tx, draft -> submit(command, draft, verified, expectedTotal, tx));
  }

  /** The customer whose own login submits; nobody where staff does. */
  private static Set<UUID> submitter(OrderCommand command) {
    UUID customer = command.scope().customerId();
    return customer == null ? Set.of() : Set.of(customer);
  }

  private MoveOutcome submit(
      OrderCommand command,
      Order draft,
      Map<UUID, Boolean> verified,
      @Nullable Money expectedTotal,
      UnitOfWork tx) {
    if (draft.status() != OrderStatus.DRAFT) {
      return refused(new Refusal.WrongState(draft.id(), draft.status()));
    }
    if (!customers.mayOrder(draft.state().customerId(), tx)) {
      return refused(new Refusal.InactiveCustomer(draft.state().customerId()));
    }
    List<OrderLine> drafted =
        orders.lines(List.of(draft.id()), tx).get().getOrDefault(draft.id(), List.of());
    Basket basket = Basket.of(drafted);
    return switch (basket.price(Catalogue.find(products, basket.products(), tx)::get, taxMode)) {
      case Pricing.Impossible why -> refused(Refusal.of(why));
      case Pricing.Priced priced -> {
        if (expectedTotal != null && !expectedTotal.equals(priced.total())) {
          yield refused(new Refusal.PriceChanged(draft.id(), expectedTotal, priced.total()));
        }
        Optional<Refusal> excess = excess(draft, verified, priced.lines(), tx);
        yield excess.isPresent()
            ? refused(excess.get())
            : carryOut(command, draft, drafted, priced, tx);
      }
    };
  }

  /** Why the customer's own login may not submit the draft. */
  private Optional<Refusal> excess(
      Order draft, Map<UUID, Boolean> verified, List<OrderLine> lines, UnitOfWork tx) {
    UUID customer = draft.state().customerId();
    List<UUID> products = lines.stream().map(OrderLine::productId).toList();
    UnpaidHolds holds = limitHolds.count(verified, products, tx.now(), tx).get(customer);
    return holds != null && holds.admit(lines) instanceof Excess excess
        ? Optional.of(
            new Refusal.HoldsTooMuch(customer, excess, verified.getOrDefault(customer, false)))
        : Optional.empty();
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
        if (!submitter(command).isEmpty()) {
          orders.markSubmittedByCustomer(draft, tx);
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
