package dev.reserva.inventory.adapters.web;

import dev.reserva.contracts.Text;
import dev.reserva.inventory.application.ExtendReservation;
import dev.reserva.inventory.application.Reservations;
import dev.reserva.inventory.application.ResolveReservation;
import dev.reserva.inventory.domain.ExtendOutcome;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.ReservationStatus;
import dev.reserva.inventory.domain.ResolveOutcome;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reservations over HTTP: looking at them, and ending them by hand. */
@Tag(name = "inventory", description = "The catalogue, stock and reservations.")
@RestController
public final class ReservationController {

  private final Commands commands;
  private final Transactions transactions;
  private final Reservations reservations;
  private final ResolveReservation resolveReservation;
  private final ExtendReservation extendReservation;
  private final TimeToLive longestExtension;

  public ReservationController(
      Commands commands,
      Transactions transactions,
      Reservations reservations,
      ResolveReservation resolveReservation,
      ExtendReservation extendReservation,
      TimeToLive longestExtension) {
    this.commands = commands;
    this.transactions = transactions;
    this.reservations = reservations;
    this.resolveReservation = resolveReservation;
    this.extendReservation = extendReservation;
    this.longestExtension = longestExtension;
  }

  @Operation(summary = "List reservations")
  @Input(
      name = "status",
      type = ReservationStatus.class,
      what = "Only reservations in this status.")
  @Input(name = "orderId", what = "Only the reservation of this order.")
  @GetMapping("/api/inventory/reservations")
  public Page<ReservationView> list(
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable UUID orderId,
      PageRequest page) {
    ReservationStatus wanted = status(status);
    UUID before = page.before();
    return Page.of(
            transactions.snapshot(
                tx -> reservations.list(wanted, orderId, before, page.limit() + 1, tx)),
            page,
            reservation -> reservation.id().toString())
        .map(ReservationView::of);
  }

  @Operation(summary = "Get a reservation")
  @GetMapping("/api/inventory/reservations/{id}")
  public ReservationView get(@PathVariable UUID id) {
    return transactions
        .snapshot(tx -> reservations.find(id, tx))
        .map(ReservationView::of)
        .orElseThrow(() -> Problem.notFound("reservation", id));
  }

  @Operation(
      summary = "Confirm a reservation",
      description = "Its stock leaves the warehouse for good. Repeating it changes nothing.")
  @Answers(body = ReservationView.class)
  @Refuses(
      status = 409,
      type = "reservation-ended",
      when = "it has ended in the other way",
      with = EndedOtherwise.class)
  @Refuses(
      status = 409,
      type = "reservation-waits",
      when = "its order waits for stock",
      with = StockProblems.Waits.class)
  @PostMapping("/api/inventory/reservations/{id}/confirm")
  public ResponseEntity<?> confirm(@PathVariable UUID id, RequestContext request) {
    return commands.execute(
        request,
        tx ->
            answer(
                "inventory.reservation.confirm",
                id,
                resolveReservation.confirm(id, request.cause(), tx)));
  }

  @Operation(
      summary = "Release a reservation",
      description = "Its stock becomes available again. Repeating it changes nothing.")
  @Answers(body = ReservationView.class)
  @Refuses(
      status = 409,
      type = "reservation-ended",
      when = "it has ended in the other way",
      with = EndedOtherwise.class)
  @PostMapping("/api/inventory/reservations/{id}/release")
  public ResponseEntity<?> release(@PathVariable UUID id, RequestContext request) {
    return commands.execute(
        request,
        tx ->
            answer(
                "inventory.reservation.release",
                id,
                resolveReservation.release(id, request.cause(), tx)));
  }

  @Operation(
      summary = "Extend a reservation",
      description =
          "It holds its stock for `ttlSeconds` from now on. This is possible once, and for no longer"
              + " than an order's stock is held at first.")
  @Answers(body = ReservationView.class)
  @Refuses(
      status = 409,
      type = "reservation-ended",
      when = "it has ended",
      with = EndedOtherwise.class)
  @Refuses(status = 409, type = "already-extended", when = "it was extended before")
  @Refuses(status = 422, type = "not-longer", when = "it lasts as long as that already")
  @PostMapping("/api/inventory/reservations/{id}/extend")
  public ResponseEntity<?> extend(
      @PathVariable UUID id, @RequestBody Extension body, RequestContext request) {
    TimeToLive ttl = body.parsed(longestExtension);
    return commands.execute(
        request, tx -> answer(id, extendReservation.extend(id, ttl, request.cause(), tx)));
  }

  /** {@code POST /api/inventory/reservations/{id}/extend} */
  record Extension(
      @Schema(requiredMode = RequiredMode.REQUIRED, minimum = "1", example = "600")
          @Nullable Integer ttlSeconds) {

    TimeToLive parsed(TimeToLive longest) {
      var errors = new InputErrors();
      var parsed = errors.required("/ttlSeconds", ttlSeconds, TimeToLive::new);
      if (parsed != null && parsed.seconds() > longest.seconds()) {
        errors.add(
            "/ttlSeconds", "must be 1..%d, was %d".formatted(longest.seconds(), parsed.seconds()));
      }
      errors.throwIfAny();
      return Objects.requireNonNull(parsed);
    }
  }

  private static Answer answer(UUID id, Optional<ExtendOutcome> found) {
    return switch (found.orElseThrow(() -> Problem.notFound("reservation", id))) {
      case ExtendOutcome.Extended(var extended) ->
          view(extended)
              .recorded(
                  "inventory.reservation.extend",
                  id,
                  Changes.now("expiresAt", extended.expiresAt()));
      case ExtendOutcome.ExtendedBefore(var extended) ->
          throw Problem.conflict(
              "already-extended",
              "Reservation was extended before",
              "reservation %s was extended to %s, and can be extended once"
                  .formatted(id, extended.expiresAt()));
      case ExtendOutcome.NotLonger(var open) ->
          throw Problem.impossible(
              "not-longer",
              "Reservation lasts longer already",
              "reservation %s ends at %s anyway".formatted(id, open.expiresAt()));
      case ExtendOutcome.HasEnded(_, var how) -> throw ended(id, how);
    };
  }

  /** What the problem {@code reservation-ended} tells besides. */
  record EndedOtherwise(
      @Schema(implementation = ReservationStatus.class) String reservationStatus) {}

  private static Answer answer(String action, UUID id, Optional<ResolveOutcome> found) {
    return switch (found.orElseThrow(() -> Problem.notFound("reservation", id))) {
      case ResolveOutcome.Ended ended ->
          view(ended.reservation())
              .recorded(
                  action,
                  id,
                  Changes.of("status", ReservationStatus.RESERVED, ended.reservation().status()));
      case ResolveOutcome.EndedBefore before -> view(before.reservation()).recorded(action, id);
      case ResolveOutcome.Waits(var waiting) -> throw StockProblems.waits(waiting);
      case ResolveOutcome.EndedOtherwise otherwise -> throw ended(id, otherwise.how());
    };
  }

  private static Problem ended(UUID id, ReservationStatus how) {
    return Problem.conflict(
            "reservation-ended",
            "Reservation has ended",
            "reservation %s is %s already".formatted(id, how))
        .with("reservationStatus", how.name());
  }

  private static Answer view(Reservation reservation) {
    return Answer.ok(ReservationView.of(reservation));
  }

  private static @Nullable ReservationStatus status(@Nullable String status) {
    if (status == null || status.isBlank()) {
      return null;
    }
    return Arrays.stream(ReservationStatus.values())
        .filter(it -> it.name().equals(status))
        .findFirst()
        .orElseThrow(() ->
            Problem.invalid(
                "?status",
                "must be one of %s, was \"%s\""
                    .formatted(
                        Arrays.stream(ReservationStatus.values())
                            .map(ReservationStatus::name)
                            .collect(Collectors.joining(", ")),
                        Text.excerpt(status))));
  }
}
