package dev.reserva.logistics.adapters.web;

import dev.reserva.logistics.application.DeliverShipment;
import dev.reserva.logistics.application.DispatchShipment;
import dev.reserva.logistics.application.Shipments;
import dev.reserva.logistics.domain.DeliverOutcome;
import dev.reserva.logistics.domain.DispatchOutcome;
import dev.reserva.logistics.domain.Shipment;
import dev.reserva.logistics.domain.ShipmentStatus;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.IfMatch;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/shipments/{id}}: moves one shipment on. */
@Tag(name = "shipments")
@RestController
@RequestMapping("/api/shipments/{id}")
public final class ShipmentCommandsController {

  private final Commands commands;
  private final Shipments shipments;
  private final DispatchShipment dispatchShipment;
  private final DeliverShipment deliverShipment;

  public ShipmentCommandsController(
      Commands commands,
      Shipments shipments,
      DispatchShipment dispatchShipment,
      DeliverShipment deliverShipment) {
    this.commands = commands;
    this.shipments = shipments;
    this.dispatchShipment = dispatchShipment;
    this.deliverShipment = deliverShipment;
  }

  @Operation(
      summary = "Dispatch a shipment",
      description =
          "The carrier has its goods. With lines, these alone leave, and what stays becomes a further"
              + " shipment, restId. Repeating it changes nothing.")
  @Answers(body = ShipmentView.class, tagged = true)
  @Refuses(
      status = 409,
      type = "shipment-state",
      when = "it is cancelled, or was dispatched otherwise",
      with = ShipmentProblems.WrongState.class)
  @Refuses(
      status = 422,
      type = "not-in-shipment",
      when = "a named product is not in the shipment",
      with = ShipmentProblems.NotInShipment.class)
  @Refuses(
      status = 422,
      type = "more-than-in-shipment",
      when = "more units are named than the shipment has",
      with = ShipmentProblems.TooMany.class)
  @PostMapping("/dispatch")
  public ResponseEntity<?> dispatch(
      @PathVariable UUID id,
      IfMatch ifMatch,
      @RequestBody(required = false) @Nullable DispatchBody body,
      RequestContext request) {
    DispatchBody.Parsed parsed = Objects.requireNonNullElse(body, DispatchBody.EMPTY).parsed();
    var command =
        new DispatchShipment.Command(id, parsed.selection(), parsed.carriage(), request.cause());
    return commands.execute(
        request,
        tx -> {
          requireSeen(id, ifMatch, tx);
          return dispatched(
              dispatchShipment
                  .dispatch(command, tx)
                  .orElseThrow(() -> ShipmentProblems.noSuchShipment(id)));
        });
  }

  private static Answer dispatched(DispatchOutcome outcome) {
    String action = "logistics.shipment.dispatch";
    return switch (outcome) {
      case DispatchOutcome.Dispatched done ->
          answer(done.shipment(), ShipmentView.of(done.shipment(), done.rest()))
              .recorded(
                  action,
                  done.shipment().id(),
                  Changes.of("status", ShipmentStatus.PREPARING, done.shipment().status())
                      .and("carrier", null, done.shipment().carriage().carrier())
                      .and("trackingCode", null, done.shipment().carriage().trackingCode())
                      .and("restId", null, done.rest() == null ? null : done.rest().id()));
      case DispatchOutcome.DoneBefore before ->
          answer(before.shipment(), ShipmentView.of(before.shipment()))
              .recorded(action, before.shipment().id());
      case DispatchOutcome.WrongState wrong -> throw ShipmentProblems.wrongState(wrong.shipment());
      case DispatchOutcome.NotInShipment others -> throw ShipmentProblems.of(others);
      case DispatchOutcome.TooMany many -> throw ShipmentProblems.of(many);
    };
  }

  @Operation(
      summary = "Deliver a shipment",
      description = "Its goods have arrived. Repeating it changes nothing.")
  @Answers(body = ShipmentView.class, tagged = true)
  @Refuses(
      status = 409,
      type = "shipment-state",
      when = "it has not left, or has come back",
      with = ShipmentProblems.WrongState.class)
  @PostMapping("/deliver")
  public ResponseEntity<?> deliver(@PathVariable UUID id, IfMatch ifMatch, RequestContext request) {
    return commands.execute(
        request,
        tx -> {
          requireSeen(id, ifMatch, tx);
          return delivered(
              deliverShipment
                  .deliver(id, request.cause(), tx)
                  .orElseThrow(() -> ShipmentProblems.noSuchShipment(id)));
        });
  }

  private static Answer delivered(DeliverOutcome outcome) {
    String action = "logistics.shipment.deliver";
    return switch (outcome) {
      case DeliverOutcome.Delivered done ->
          answer(done.shipment(), ShipmentView.of(done.shipment()))
              .recorded(
                  action,
                  done.shipment().id(),
                  Changes.of("status", ShipmentStatus.DISPATCHED, done.shipment().status()));
      case DeliverOutcome.DoneBefore before ->
          answer(before.shipment(), ShipmentView.of(before.shipment()))
              .recorded(action, before.shipment().id());
      case DeliverOutcome.WrongState wrong -> throw ShipmentProblems.wrongState(wrong.shipment());
    };
  }

  private void requireSeen(UUID id, IfMatch ifMatch, UnitOfWork tx) {
    if (!ifMatch.isAny()) {
      shipments
          .lock(id, tx)
          .map(fulfilment -> ShipmentView.etag(fulfilment.shipment(id)))
          .ifPresent(ifMatch::require);
    }
  }

  private static Answer answer(Shipment shipment, ShipmentView view) {
    return Answer.ok(view).withHeader(HttpHeaders.ETAG, ShipmentView.etag(shipment));
  }
}
