package dev.reserva.customers.adapters.web;

import dev.reserva.customers.application.LogIn;
import dev.reserva.customers.application.StartSession;
import dev.reserva.customers.domain.RecoveryCode;
import dev.reserva.customers.domain.SecondProof;
import dev.reserva.customers.domain.User;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.json.NotFreeText;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.security.Tokens;
import dev.reserva.platform.web.ClientAddress;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/auth/token}: starts a session for a username and a password. */
@Tag(name = "auth", description = "Tokens.")
@RestController
public final class TokenController {

  private final Transactions transactions;
  private final LogIn loggingIn;
  private final StartSession startingSession;
  private final LoginLimits limits;
  private final SecondFactorGate secondFactors;
  private final LoginTrail trail;
  private final Tokens tokens;
  private final Clock clock;

  public TokenController(
      Transactions transactions,
      LogIn loggingIn,
      StartSession startingSession,
      LoginLimits limits,
      SecondFactorGate secondFactors,
      LoginTrail trail,
      Tokens tokens,
      Clock clock) {
    this.transactions = transactions;
    this.loggingIn = loggingIn;
    this.startingSession = startingSession;
    this.limits = limits;
    this.secondFactors = secondFactors;
    this.trail = trail;
    this.tokens = tokens;
    this.clock = clock;
  }

  record Credentials(
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              example = "admin",
              minLength = 1,
              maxLength = CredentialTexts.MAX_LENGTH)
          @NotFreeText
          @Nullable String username,
      @LogInPassword @Nullable String password,
      @Schema(
              description =
                  "The code that the authenticator shows, or a recovery code; needed by users with"
                      + " a second factor.",
              example = "492039")
          @NotFreeText
          @Nullable String otp) {

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
      return "Credentials[…]";
    }
  }

  @Operation(
      summary = "Log in",
      description = "Exchanges a name and a password for an access token and a refresh token.")
  @Refuses(
      status = 401,
      type = "bad-credentials",
      when = "no active user has this name, password and second factor")
  @Refuses(
      status = 401,
      type = "second-factor-required",
      when = "name and password are right, and `otp` is missing")
  @Refuses(status = 429, type = "too-many-attempts", when = "there were too many failed attempts")
  @PostMapping("/api/auth/token")
  TokenView token(@RequestBody Credentials body, HttpServletRequest request) {
    var errors = new InputErrors();
    String username = errors.required("/username", body.username(), CredentialTexts::bounded);
    String password = errors.required("/password", body.password(), CredentialTexts::bounded);
    SecondProof proof = errors.optional("/otp", body.otp(), CredentialTexts::proof);
    errors.throwIfAny();
    LoginLimits.Attempt attempt = attempt(Objects.requireNonNull(username), request);
    User user =
        loggingIn
            .logIn(username, Objects.requireNonNull(password))
            .orElseThrow(() -> {
              trail.failed(username, request);
              return refused();
            });
    attempt.passwordFits(); // wrong codes are limited by the second factor itself
    SecondFactorGate.Passage passage = passed(user, proof, request);
    if (proof instanceof RecoveryCode && passage == SecondFactorGate.Passage.FULL) {
      trail.recoveryCodeUsed(user, request);
    }
    Instant now = clock.instant();
    StartSession.Started started =
        transactions
            .call(tx -> startingSession.start(user, now, tx))
            .orElseThrow(TokenController::refused);
    attempt.succeeded();
    trail.succeeded(TokenView.caller(started.user(), passage, started.token()), request);
    return TokenView.of(started.user(), passage, started.token(), tokens, now);
  }

  private LoginLimits.Attempt attempt(String username, HttpServletRequest request) {
    try {
      return limits.attempt(username, ClientAddress.of(request));
    } catch (Problem tooMany) {
      trail.limited(username, request);
      throw tooMany;
    }
  }

  private SecondFactorGate.Passage passed(
      User user, @Nullable SecondProof proof, HttpServletRequest request) {
    try {
      return secondFactors.pass(user, proof);
    } catch (Problem refused) {
      if (proof != null) {
        trail.secondFactorFailed(user, request);
      }
      throw refused;
    }
  }

  static Problem refused() {
    return new Problem(
            401,
            "bad-credentials",
            "Username or password wrong",
            "no active user has this username and password, or the second factor is wrong")
        .withHeader("WWW-Authenticate", "Bearer");
  }
}
