package dev.reserva.customers.adapters.web;

import dev.reserva.customers.application.EndSession;
import dev.reserva.customers.application.EndSessions;
import dev.reserva.customers.application.RefreshSession;
import dev.reserva.customers.domain.RefreshToken;
import dev.reserva.customers.domain.Session;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.json.NotFreeText;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.security.Tokens;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import dev.reserva.platform.web.SecurityEvents;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/auth}: continues and ends sessions. No answer here is stored for an idempotency key,
 * because tokens are stored as hashes only.
 */
@Tag(name = "auth", description = "Tokens.")
@RestController
@RequestMapping("/api/auth")
public final class SessionController {

  private final Transactions transactions;
  private final RefreshSession refreshing;
  private final SecondFactorGate secondFactors;
  private final EndSession endingSession;
  private final EndSessions endingSessions;
  private final Tokens tokens;
  private final AuditTrail trail;
  private final Clock clock;

  public SessionController(
      Transactions transactions,
      RefreshSession refreshing,
      SecondFactorGate secondFactors,
      EndSession endingSession,
      EndSessions endingSessions,
      Tokens tokens,
      AuditTrail trail,
      Clock clock) {
    this.transactions = transactions;
    this.refreshing = refreshing;
    this.secondFactors = secondFactors;
    this.endingSession = endingSession;
    this.endingSessions = endingSessions;
    this.tokens = tokens;
    this.trail = trail;
    this.clock = clock;
  }

  record RefreshBody(
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              description = "Of the last answer with one.",
              example =
                  "rsr_01a203bc2b1b761e9def206ee8ca6d77_0hV2wXb1kqJ8Zr5nTtYcDfGm3LsPaQeUiOx7B9vNyRg")
          @NotFreeText
          @Nullable String refreshToken) {

    /** Tokens stay out of logs. */
    @Override
    public String toString() {
      return "RefreshBody[…]";
    }
  }

  @Operation(
      summary = "Get new tokens",
      description =
          """
          Exchanges a refresh token for a new access token and a new refresh token. A refresh token
          is used once; for 30 s after its use it may be sent again, for a client that did not get
          the answer. Later use ends the session, since somebody has stolen the token.
          """)
  @Refuses(
      status = 401,
      type = "bad-refresh-token",
      when = "the token is unknown, was used before or has expired, or its session has ended")
  @PostMapping("/refresh")
  TokenView refresh(@RequestBody RefreshBody body, RequestContext request) {
    var errors = new InputErrors();
    RefreshToken shown = errors.required("/refreshToken", body.refreshToken(), RefreshToken::parse);
    errors.throwIfAny();
    RefreshToken checked = Objects.requireNonNull(shown);
    Instant now = clock.instant();
    return switch (transactions.call(tx -> refresh(checked, now, request, tx))) {
      case RefreshSession.Outcome.Continued(var user, var next) ->
          TokenView.of(user, secondFactors.passAgain(user), next, tokens, now);
      case RefreshSession.Outcome.Refused _ -> {
        trail.security(
            SecurityEvents.of(SecurityAction.TOKEN_REFUSED, request)
                .with("reason", "bad-refresh-token"));
        throw refused();
      }
      case RefreshSession.Outcome.Reused _ -> throw refused();
    };
  }

  private RefreshSession.Outcome refresh(
      RefreshToken shown, Instant now, RequestContext request, UnitOfWork tx) {
    RefreshSession.Outcome outcome = refreshing.refresh(shown, now, tx);
    if (outcome instanceof RefreshSession.Outcome.Reused(Session session)) {
      trail.security(
          SecurityEvents.of(SecurityAction.REFRESH_TOKEN_REUSED, request)
              .about(session.account())
              .with("session", session.id()),
          tx);
    }
    return outcome;
  }

  @Operation(
      summary = "Log out",
      description =
          "Ends the session of the access token: it and the session's refresh token are refused.")
  @Answers(status = 204)
  @Refuses(
      status = 409,
      type = "no-session",
      when = "the token belongs to no session of this system")
  @PostMapping("/logout")
  ResponseEntity<?> logOut(RequestContext request) {
    UUID session = request.caller().sessionId();
    if (session == null) {
      throw noSession();
    }
    transactions.run(tx -> {
      endingSession.end(session, clock.instant(), tx);
      trail.security(
          SecurityEvents.of(SecurityAction.LOGGED_OUT, request).about(request.caller().name()), tx);
    });
    return ResponseEntity.noContent().build();
  }

  @Operation(
      summary = "Log out everywhere",
      description = "Ends all sessions of the account: all its tokens are refused.")
  @Answers(status = 204)
  @Refuses(
      status = 409,
      type = "no-session",
      when = "the token belongs to no session of this system")
  @PostMapping("/logout-everywhere")
  ResponseEntity<?> logOutEverywhere(RequestContext request) {
    UUID account = request.caller().accountId();
    if (account == null) {
      throw noSession();
    }
    transactions.run(tx -> {
      var _ = endingSessions.of(account, request.cause(), clock.instant(), tx);
      trail.security(
          SecurityEvents.of(SecurityAction.SESSIONS_ENDED, request).about(request.caller().name()),
          tx);
    });
    return ResponseEntity.noContent().build();
  }

  private static Problem refused() {
    return new Problem(
            401,
            "bad-refresh-token",
            "The refresh token is not accepted",
            "the token is unknown, was used before or has expired, or its session has ended;"
                + " POST /api/auth/token begins a new session")
        .withHeader("WWW-Authenticate", "Bearer");
  }

  private static Problem noSession() {
    return Problem.conflict(
        "no-session",
        "No session to end",
        "the token belongs to no session of this system; who issued it can end it");
  }
}
