package dev.reserva.logistics.adapters.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.reserva.TestTransactions;
import dev.reserva.contracts.Consumers;
import dev.reserva.contracts.Contracts;
import dev.reserva.contracts.Money;
import dev.reserva.contracts.SalesEvent.HeldItem;
import dev.reserva.contracts.SalesEvent.HeldPart;
import dev.reserva.contracts.SalesEvent.OrderCancelled;
import dev.reserva.contracts.SalesEvent.OrderConfirmed;
import dev.reserva.contracts.SalesEvent.OrderDelivered;
import dev.reserva.contracts.SalesEvent.OrderPaid;
import dev.reserva.contracts.SalesEvent.OrderShipped;
import dev.reserva.logistics.adapters.memory.MemoryShipments;
import dev.reserva.logistics.application.FollowOrders;
import dev.reserva.logistics.application.Shipments;
import dev.reserva.logistics.domain.Line;
import dev.reserva.logistics.domain.Location;
import dev.reserva.logistics.domain.Shipment;
import dev.reserva.logistics.domain.ShipmentStatus;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.platform.events.TestCatalogue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderMessagesTest {

  private static final Money PRICE = Money.of("10.00", "BRL");

  private final Ids ids = Ids.timeOrdered();
  private final EventCatalogue catalogue = TestCatalogue.create();
  private final UUID order = ids.next();
  private final UUID customer = ids.next();
  private final UUID mug = ids.next();
  private final TestTransactions transactions = new TestTransactions(Instant.now());
  private final Shipments shipments = new MemoryShipments();
  private final OrderMessages messages = new OrderMessages(new FollowOrders(shipments, ids));

  @Test
  void it_hears_what_the_catalogue_says() {
    assertThat(messages.subscription().name()).isEqualTo("logistics");
    assertThat(messages.subscription().types())
        .isEqualTo(Consumers.typesOf("logistics"))
        .containsExactlyInAnyOrder(
            Contracts.ORDER_CONFIRMED,
            Contracts.ORDER_SHIPPED,
            Contracts.ORDER_DELIVERED,
            Contracts.ORDER_CANCELLED);
  }

  @Test
  void items_of_two_locations_become_two_shipments() {
    handle(confirmed(item(mug, 2, "NORTH"), item(ids.next(), 1, "MAIN"), item(mug, 1, "MAIN")));

    assertThat(all())
        .extracting(shipment -> shipment.location().code(), Shipment::units)
        .containsExactly(tuple("MAIN", 2), tuple("NORTH", 2));
  }

  @Test
  void a_bundle_is_shipped_as_its_parts_together_with_what_is_ordered_by_itself() {
    UUID plate = ids.next();
    HeldItem set =
        new HeldItem(
            ids.next(),
            "SET",
            "Set",
            2,
            PRICE,
            PRICE,
            null,
            List.of(
                new HeldPart(mug, "MUG", "Mug", 3, "NORTH"),
                new HeldPart(mug, "MUG", "Mug", 1, "MAIN"),
                new HeldPart(plate, "PLATE", "Plate", 2, "MAIN")));
    handle(confirmed(item(mug, 5, "MAIN"), set));

    assertThat(all())
        .flatExtracting(Shipment::lines)
        .extracting(Line::productId, Line::quantity)
        .containsExactlyInAnyOrder(tuple(mug, 6), tuple(plate, 2), tuple(mug, 3));
  }

  @Test
  void an_event_of_a_version_without_locations_is_about_the_main_one() {
    handle(confirmed(item(mug, 2, null)));

    assertThat(all()).singleElement().extracting(Shipment::location).isEqualTo(Location.MAIN);
  }

  @Test
  void each_step_of_an_order_is_followed() {
    handle(
        confirmed(item(mug, 2, "MAIN")),
        new OrderShipped(order, customer, "by hand", "CONFIRMED", "SHIPPED"),
        new OrderDelivered(order, customer, null, "SHIPPED", "DELIVERED"));
    assertThat(all())
        .singleElement()
        .extracting(Shipment::status)
        .isEqualTo(ShipmentStatus.DELIVERED);

    handle(new OrderCancelled(order, customer, "returned", null, "DELIVERED", "CANCELLED"));
    assertThat(all())
        .singleElement()
        .extracting(Shipment::status)
        .isEqualTo(ShipmentStatus.RETURNED);
  }

  @Test
  void an_order_that_was_never_confirmed_leaves_no_tombstone() {
    handle(
        new OrderCancelled(
            order, customer, "payment_failed", null, "PENDING_PAYMENT", "CANCELLED"));
    handle(confirmed(item(mug, 2, "MAIN")));

    assertThat(all()).hasSize(1);
  }

  @Test
  void what_can_never_be_shipped_is_given_up_at_once() {
    for (HeldItem wrong :
        List.of(item(mug, 0, "MAIN"), item(mug, 1, " "), item(mug, 1, "x".repeat(51)))) {
      assertThatThrownBy(() -> handle(confirmed(wrong)))
          .isInstanceOf(Unprocessable.class)
          .hasMessageContaining(order.toString());
    }
    assertThatThrownBy(() -> handle(confirmed(item(mug, 1, "MAIN"), item(mug, 1, "MAIN"))))
        .isInstanceOf(Unprocessable.class);
    assertThatThrownBy(() ->
            handle(
                new OrderPaid(order, customer, ids.next(), PRICE, "PENDING_PAYMENT", "PAID", null)))
        .isInstanceOf(Unprocessable.class)
        .hasMessageContaining("OrderPaid");
    assertThat(all()).isEmpty();
  }

  private OrderConfirmed confirmed(HeldItem... items) {
    return new OrderConfirmed(
        order, customer, List.of(items), PRICE, null, null, "PAID", "CONFIRMED");
  }

  private static HeldItem item(UUID product, int quantity, @Nullable String location) {
    return new HeldItem(product, "MUG", "Mug", quantity, PRICE, PRICE, location);
  }

  private void handle(Object... facts) {
    List<Message> batch =
        Stream.of(facts)
            .map(fact ->
                new Message(
                    1,
                    catalogue.envelop(ids.next(), fact, Cause.of("test"), Instant.now()),
                    catalogue,
                    fact))
            .toList();
    transactions.run(tx -> messages.handle(batch, tx));
  }

  private List<Shipment> all() {
    return transactions.snapshot(
        tx -> shipments.list(new Shipments.Filter(order, null, null, null), null, 10, tx));
  }
}
