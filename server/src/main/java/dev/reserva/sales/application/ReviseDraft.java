package dev.reserva.sales.application;

import static dev.reserva.sales.application.OrderCommand.refused;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.application.Customers.AddressSeal;
import dev.reserva.sales.domain.Basket;
import dev.reserva.sales.domain.Basket.Pricing;
import dev.reserva.sales.domain.Order;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.PaymentChoice;
import dev.reserva.sales.domain.TaxMode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Replaces a draft's products, payment and address, and prices it at once. */
public final class ReviseDraft {

  private final Orders orders;
  private final Products products;
  private final Customers customers;
  private final TaxMode taxMode;

  public ReviseDraft(Orders orders, Products products, Customers customers, TaxMode taxMode) {
    this.orders = orders;
    this.products = products;
    this.customers = customers;
    this.taxMode = taxMode;
  }

  /** The whole content of a draft. An absent part is removed. */
  public record Revision(
      Basket basket, @Nullable PaymentChoice payment, @Nullable String shippingAddress) {}

  public MoveOutcome revise(OrderCommand command, Revision revision, UnitOfWork tx) {
    return command.on(orders, tx, draft -> revise(draft, revision, tx));
  }

  private MoveOutcome revise(Order draft, Revision revision, UnitOfWork tx) {
    if (draft.status() != OrderStatus.DRAFT) {
      return refused(new Refusal.WrongState(draft.id(), draft.status()));
    }
    if (!customers.mayOrder(draft.state().customerId(), tx)) {
      return refused(new Refusal.InactiveCustomer(draft.state().customerId()));
    }
    Basket basket = revision.basket();
    return switch (basket.price(Catalogue.find(products, basket.products(), tx)::get, taxMode)) {
      case Pricing.Impossible why -> refused(Refusal.of(why));
      case Pricing.Priced priced -> {
        String address = sealed(draft, revision.shippingAddress(), tx);
        draft.revise(priced.total(), revision.payment(), address, tx.now());
        orders.rewrite(draft, priced.lines(), tx);
        orders.save(List.of(draft), tx);
        yield new MoveOutcome.Done(
            new PlacedOrder(draft.state(), priced.lines()), OrderStatus.DRAFT);
      }
    };
  }

  private @Nullable String sealed(Order draft, @Nullable String address, UnitOfWork tx) {
    if (address == null) {
      return null;
    }
    UUID customer = draft.state().customerId();
    AddressSeal seal = customers.seals(List.of(customer), tx).get(customer);
    return seal == null ? null : seal.seal(address);
  }
}
