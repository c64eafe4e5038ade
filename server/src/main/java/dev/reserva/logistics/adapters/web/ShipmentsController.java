package dev.reserva.logistics.adapters.web;

import dev.reserva.logistics.application.Shipments;
import dev.reserva.logistics.domain.Location;
import dev.reserva.logistics.domain.Shipment;
import dev.reserva.logistics.domain.ShipmentStatus;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Looks at shipments. */
@Tag(name = "shipments", description = "What is to be picked, has left and has arrived.")
@RestController
public final class ShipmentsController {

  private final Transactions transactions;
  private final Shipments shipments;

  public ShipmentsController(Transactions transactions, Shipments shipments) {
    this.transactions = transactions;
    this.shipments = shipments;
  }

  @Operation(summary = "List shipments", description = "A customer lists those of one order.")
  @Input(name = "orderId", what = "Only shipments of this order.")
  @Input(name = "status", type = ShipmentStatus.class, what = "Only shipments in this status.")
  @Input(name = "location", what = "Only shipments from this location.")
  @GetMapping("/api/shipments")
  public Page<ShipmentView> list(
      @RequestParam(required = false) @Nullable UUID orderId,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String location,
      PageRequest page,
      RequestContext request) {
    var errors = new InputErrors();
    ShipmentStatus wanted = errors.parameter("status", status, ShipmentStatus::parse);
    Location from = errors.parameter("location", location, Location::new);
    errors.throwIfAny();
    UUID customer = customer(request.caller());
    if (customer != null && orderId == null) {
      throw Problem.forbidden(
          "a customer lists the shipments of one order, such as ?orderId=01978a3e-7c55-7d61-9a0c-3f2b8e4d5a10");
    }
    var filter = new Shipments.Filter(orderId, customer, wanted, from);
    UUID before = page.before();
    return Page.of(
            transactions.snapshot(tx -> shipments.list(filter, before, page.limit() + 1, tx)),
            page,
            shipment -> shipment.id().toString())
        .map(ShipmentView::of);
  }

  @Operation(summary = "Get a shipment")
  @Answers(tagged = true)
  @GetMapping("/api/shipments/{id}")
  public ResponseEntity<ShipmentView> get(@PathVariable UUID id, RequestContext request) {
    UUID customer = customer(request.caller());
    Shipment shipment =
        transactions
            .snapshot(tx -> shipments.find(id, tx))
            .filter(found -> customer == null || customer.equals(found.customerId()))
            .orElseThrow(() -> ShipmentProblems.noSuchShipment(id));
    return ResponseEntity.ok().eTag(ShipmentView.etag(shipment)).body(ShipmentView.of(shipment));
  }

  @Operation(
      summary = "List what has to be picked",
      description = "Summed by product, over all shipments of a location in PREPARING.")
  @Input(name = "location", what = "Where it has to be picked; MAIN by default.")
  @GetMapping("/api/shipments/picking-list")
  public Page<PickingView> pickingList(
      @RequestParam(required = false) @Nullable String location, PageRequest page) {
    var errors = new InputErrors();
    Location named = errors.parameter("location", location, Location::new);
    errors.throwIfAny();
    Location from = Objects.requireNonNullElse(named, Location.MAIN);
    UUID before = page.before();
    return Page.of(
            transactions.snapshot(tx ->
                shipments.pickingList(
                    from, before, page.limit() + 1, PickingView.MOST_SHIPMENTS, tx)),
            page,
            picking -> picking.productId().toString())
        .map(PickingView::of);
  }

  /** The customer whose shipments the caller sees; null for staff, who see all. */
  private static @Nullable UUID customer(Caller caller) {
    if (caller.isStaff()) {
      return null;
    }
    if (caller.customerId() == null) {
      throw Problem.forbidden("this login belongs to no customer");
    }
    return caller.customerId();
  }
}
