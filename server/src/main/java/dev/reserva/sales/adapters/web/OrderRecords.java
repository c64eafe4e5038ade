package dev.reserva.sales.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.privacy.PersonalRecords;
import dev.reserva.sales.application.Customers;
import dev.reserva.sales.application.Customers.AddressOpener;
import dev.reserva.sales.application.FindOrders;
import dev.reserva.sales.application.Orders;
import dev.reserva.sales.application.PlacedOrder;
import dev.reserva.sales.domain.CancellationReason;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.PaymentChoice;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A customer's orders, with the address that other answers do not show. */
public final class OrderRecords implements PersonalRecords {

  private final FindOrders findOrders;
  private final Customers customers;

  public OrderRecords(FindOrders findOrders, Customers customers) {
    this.findOrders = findOrders;
    this.customers = customers;
  }

  /**
   * @param note what the customer said when it cancelled the order
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record OrderRecord(
      OrderView order,
      @Nullable String shippingAddress,
      @Nullable String paymentMethod,
      @Nullable String note) {}

  @Override
  public String name() {
    return "orders";
  }

  @Override
  public Part of(UUID customer, @Nullable UUID before, int limit, UnitOfWork snapshot) {
    var filter = new Orders.Filter(null, customer, null, null, null, Orders.Search.NONE);
    FindOrders.Found found = findOrders.list(filter, before, limit, snapshot);
    AddressOpener addresses = customers.opener(customer, snapshot);
    return new Part(
        found.orders().stream().map(order -> record(order, addresses)).toList(), found.next());
  }

  private static OrderRecord record(PlacedOrder order, AddressOpener addresses) {
    OrderState state = order.state();
    String address = state.shippingAddress();
    PaymentChoice choice = state.paymentChoice();
    return new OrderRecord(
        OrderView.of(order),
        address == null ? null : addresses.open(address),
        choice == null ? null : choice.method().wire(),
        state.reason() == CancellationReason.CUSTOMER_REQUEST ? state.note() : null);
  }
}
