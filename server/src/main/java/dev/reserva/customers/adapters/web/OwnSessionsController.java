package dev.reserva.customers.adapters.web;

import dev.reserva.customers.application.EndSession;
import dev.reserva.customers.application.Sessions;
import dev.reserva.customers.domain.Session;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.audit.SecurityEvent;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/auth/sessions}: a user sees its own sessions and ends those that it does not know.
 * The sessions of another account are 404.
 */
@Tag(name = "auth", description = "Tokens.")
@RestController
@RequestMapping("/api/auth/sessions")
public final class OwnSessionsController {

  private final Transactions transactions;
  private final Sessions sessions;
  private final EndSession ending;
  private final AuditTrail trail;
  private final Clock clock;

  public OwnSessionsController(
      Transactions transactions,
      Sessions sessions,
      EndSession ending,
      AuditTrail trail,
      Clock clock) {
    this.transactions = transactions;
    this.sessions = sessions;
    this.ending = ending;
    this.trail = trail;
    this.clock = clock;
  }

  record SessionView(
      UUID id,
      @Schema(description = "Whether it is the session of the request's token.") boolean current,
      @Schema(description = "When the user logged in.") Instant createdAt,
      @Schema(description = "When its tokens were renewed last; `createdAt` if never.")
          Instant lastUsedAt,
      Instant expiresAt) {

    static SessionView of(Session session, boolean current) {
      return new SessionView(
          session.id(), current, session.createdAt(), session.refreshedAt(), session.expiresAt());
    }
  }

  @Operation(
      summary = "List one's own sessions",
      description = "A login elsewhere has no sessions here.")
  @GetMapping
  Page<SessionView> list(PageRequest page, RequestContext request) {
    UUID account = request.caller().accountId();
    if (account == null) {
      return new Page<>(List.of(), null);
    }
    UUID before = page.before();
    Instant now = clock.instant();
    List<Session> found =
        transactions.snapshot(tx -> sessions.list(account, before, page.limit() + 1, now, tx));
    return Page.of(found, page, session -> session.id().toString())
        .map(session -> SessionView.of(session, session.id().equals(request.caller().sessionId())));
  }

  @Operation(
      summary = "End one of one's own sessions",
      description = "Its refresh token and its access tokens are refused.")
  @Answers(status = 204)
  @DeleteMapping("/{id}")
  ResponseEntity<?> end(@PathVariable UUID id, RequestContext request) {
    UUID account = request.caller().accountId();
    if (account == null) {
      throw Problem.notFound("session", id);
    }
    transactions.run(tx -> end(account, id, request, tx));
    return ResponseEntity.noContent().build();
  }

  private void end(UUID account, UUID id, RequestContext request, UnitOfWork tx) {
    switch (ending.endOwn(account, id, clock.instant(), tx)) {
      case EndSession.Outcome.Ended _ ->
          trail.security(
              SecurityEvent.of(SecurityAction.SESSION_ENDED, request.actor(), request.cause())
                  .about(request.caller().name())
                  .with("session", id),
              tx);
      case EndSession.Outcome.Unknown _ -> throw Problem.notFound("session", id);
    }
  }
}
