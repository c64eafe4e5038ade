package dev.reserva.logistics.adapters.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reserva.TestTransactions;
import dev.reserva.logistics.adapters.memory.MemoryShipments;
import dev.reserva.logistics.adapters.web.DispatchBody.LineBody;
import dev.reserva.logistics.application.DeliverShipment;
import dev.reserva.logistics.application.DispatchShipment;
import dev.reserva.logistics.application.FollowOrders;
import dev.reserva.logistics.application.OrderStep;
import dev.reserva.logistics.domain.Line;
import dev.reserva.logistics.domain.Location;
import dev.reserva.logistics.domain.Parcel;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.web.DirectCommands;
import dev.reserva.platform.web.IfMatch;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.Problem.InputError;
import dev.reserva.platform.web.RequestContext;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;

/** The answers of the controllers, without JSON and the network. */
class ShipmentsHttpTest {

  private static final UUID ANA = new UUID(5, 1);
  private static final UUID BRUNO = new UUID(5, 2);
  private static final IfMatch ANY = IfMatch.of(List.of());
  private static final PageRequest PAGE = new PageRequest(50, null, "list");

  private final Ids ids = Ids.timeOrdered();
  private final TestTransactions transactions = new TestTransactions(Instant.now());
  private final MemoryShipments shipments = new MemoryShipments();
  private final ShipmentsController controller = new ShipmentsController(transactions, shipments);
  private final ShipmentCommandsController commands =
      new ShipmentCommandsController(
          new DirectCommands(transactions),
          shipments,
          new DispatchShipment(shipments, ids),
          new DeliverShipment(shipments));
  private final UUID order = ids.next();
  private final UUID mug = ids.next();
  private UUID id = ids.next();

  @BeforeEach
  void an_order_is_confirmed() {
    Line line = Line.ordered(mug, "MUG", "Mug", 3);
    var confirmed =
        new OrderStep.Confirmed(
            order, ANA, List.of(new Parcel(Location.MAIN, List.of(line))), Cause.of("test"));
    transactions.run(tx -> new FollowOrders(shipments, ids).follow(List.of(confirmed), tx));
    id = list(staff()).getFirst().id();
  }

  @Test
  void a_shipment_is_shown_with_its_items_and_entity_tag() {
    ResponseEntity<ShipmentView> answer = controller.get(id, staff());

    ShipmentView view = Objects.requireNonNull(answer.getBody());
    assertThat(answer.getHeaders().getETag()).isEqualTo("\"1\"");
    assertThat(view.status()).isEqualTo("PREPARING");
    assertThat(view.location()).isEqualTo("MAIN");
    assertThat(view.items()).containsExactly(new ShipmentView.Item(mug, "MUG", "Mug", 3));
    refused(404, "not-found", () -> controller.get(mug, staff()));
  }

  @Test
  void a_customer_sees_own_shipments_only() {
    assertThat(controller.get(id, customer(ANA)).getBody()).isNotNull();
    assertThat(list(customer(ANA))).hasSize(1);
    refused(404, "not-found", () -> controller.get(id, customer(BRUNO)));
    assertThat(list(customer(BRUNO))).isEmpty();
    refused(403, "forbidden", () -> controller.list(null, null, null, PAGE, customer(ANA)));
    assertThat(controller.list(null, null, null, PAGE, staff()).items()).hasSize(1);
  }

  @Test
  void a_list_is_filtered_and_wrong_filters_are_named() {
    assertThat(controller.list(order, "PREPARING", "MAIN", PAGE, staff()).items()).hasSize(1);
    assertThat(controller.list(order, "DELIVERED", " ", PAGE, staff()).items()).isEmpty();
    assertThat(controller.list(order, null, "NORTH", PAGE, staff()).items()).isEmpty();
    Problem problem =
        refused(
            400,
            "invalid-request",
            () -> controller.list(null, "LOST", "x".repeat(51), PAGE, staff()));
    assertThat(pointers(problem)).containsExactly("?status", "?location");
  }

  @Test
  void the_picking_list_is_of_the_main_location_unless_another_is_named() {
    assertThat(controller.pickingList(null, PAGE).items())
        .containsExactly(
            new PickingView(mug, "MUG", "Mug", 3, 1, List.of(new PickingView.Need(id, 3))));
    assertThat(controller.pickingList("NORTH", PAGE).items()).isEmpty();
    refused(400, "invalid-request", () -> controller.pickingList("x".repeat(51), PAGE));
  }

  @Test
  void a_dispatch_in_part_tells_the_further_shipment_and_can_be_repeated() {
    var body = new DispatchBody("Correios", "QB1", List.of(line(mug, 2)));

    ResponseEntity<?> answer = commands.dispatch(id, ANY, body, staff());

    ShipmentView view = view(answer);
    assertThat(answer.getStatusCode().value()).isEqualTo(200);
    assertThat(answer.getHeaders().getETag()).isEqualTo("\"2\"");
    assertThat(view.status()).isEqualTo("DISPATCHED");
    assertThat(view.carrier()).isEqualTo("Correios");
    assertThat(view.restId()).isEqualTo(list(staff()).getFirst().id());
    assertThat(view(commands.dispatch(id, ANY, body, staff())).restId()).isNull();
    assertThat(list(staff())).hasSize(2);
    assertThat(
            refused(409, "shipment-state", () -> commands.dispatch(id, ANY, other(), staff()))
                .members())
        .containsEntry("shipmentStatus", "DISPATCHED")
        .containsEntry("next", List.of("DELIVERED", "RETURNED"));
  }

  private static DispatchBody other() {
    return new DispatchBody("another", null, null);
  }

  @Test
  void a_shipment_is_delivered_after_it_was_dispatched() {
    refused(409, "shipment-state", () -> commands.deliver(id, ANY, staff()));
    assertThat(view(commands.dispatch(id, ANY, null, staff())).items())
        .containsExactly(new ShipmentView.Item(mug, "MUG", "Mug", 3));

    assertThat(view(commands.deliver(id, ANY, staff())).status()).isEqualTo("DELIVERED");
    assertThat(view(commands.deliver(id, ANY, staff())).version()).isEqualTo(3);
    refused(404, "not-found", () -> commands.deliver(mug, ANY, staff()));
    refused(404, "not-found", () -> commands.dispatch(mug, ANY, null, staff()));
  }

  @Test
  void a_command_on_an_old_version_is_refused_with_412() {
    IfMatch first = IfMatch.of(List.of("\"1\""));
    commands.dispatch(id, first, null, staff());

    refused(412, "stale-version", () -> commands.dispatch(id, first, null, staff()));
    refused(412, "stale-version", () -> commands.deliver(id, first, staff()));
    commands.deliver(id, IfMatch.of(List.of("\"2\"")), staff());
  }

  @Test
  void wrong_lines_are_refused_by_name_and_change_nothing() {
    Problem problem =
        refused(
            400,
            "invalid-request",
            () ->
                commands.dispatch(
                    id,
                    ANY,
                    new DispatchBody("", "\u202e", List.of(line(null, null), line(mug, 0))),
                    staff()));
    assertThat(pointers(problem))
        .containsExactly(
            "/carrier",
            "/trackingCode",
            "/lines/0/productId",
            "/lines/0/quantity",
            "/lines/1/quantity");
    for (List<LineBody> count :
        List.of(List.<LineBody>of(), Collections.nCopies(2_001, line(mug, 1)))) {
      assertThat(
              pointers(
                  refused(
                      400,
                      "invalid-request",
                      () ->
                          commands.dispatch(
                              id, ANY, new DispatchBody(null, null, count), staff()))))
          .containsExactly("/lines");
    }
    refused(
        422,
        "not-in-shipment",
        () ->
            commands.dispatch(
                id, ANY, new DispatchBody(null, null, List.of(line(order, 1))), staff()));
    // The same product twice is summed.
    Problem many =
        refused(
            422,
            "more-than-in-shipment",
            () ->
                commands.dispatch(
                    id,
                    ANY,
                    new DispatchBody(null, null, List.of(line(mug, 2), line(mug, 2))),
                    staff()));
    assertThat(many.members()).containsEntry("requested", 4).containsEntry("available", 3);
    assertThat(list(staff())).singleElement().extracting(ShipmentView::version).isEqualTo(1);
  }

  private List<ShipmentView> list(RequestContext request) {
    return controller.list(order, null, null, PAGE, request).items();
  }

  private static LineBody line(@Nullable UUID product, @Nullable Integer quantity) {
    return new LineBody(product, quantity);
  }

  private static RequestContext staff() {
    return as(new Caller("wes", Set.of(Role.WAREHOUSE), null));
  }

  private static RequestContext customer(UUID customer) {
    return as(new Caller("buyer", Set.of(Role.CUSTOMER), customer));
  }

  private static RequestContext as(Caller caller) {
    return new RequestContext(caller, Cause.of("test"), null);
  }

  private static ShipmentView view(ResponseEntity<?> answer) {
    return (ShipmentView) Objects.requireNonNull(answer.getBody());
  }

  private static Problem refused(int status, String type, ThrowingCallable call) {
    Problem problem = catchThrowableOfType(Problem.class, call);
    assertThat(problem).isNotNull();
    assertThat(problem.status()).isEqualTo(status);
    assertThat(problem.type()).isEqualTo(type);
    return problem;
  }

  private static List<String> pointers(Problem problem) {
    return ((List<?>) Objects.requireNonNull(problem.members().get("errors")))
        .stream().map(error -> ((InputError) error).pointer()).toList();
  }
}
