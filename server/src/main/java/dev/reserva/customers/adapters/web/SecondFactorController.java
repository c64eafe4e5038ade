package dev.reserva.customers.adapters.web;

import dev.reserva.customers.application.Authenticators;
import dev.reserva.customers.application.BeginSecondFactor;
import dev.reserva.customers.application.ConfirmSecondFactor;
import dev.reserva.customers.application.RemoveSecondFactor;
import dev.reserva.customers.application.SecondFactors;
import dev.reserva.customers.application.Users;
import dev.reserva.customers.domain.OneTimeCode;
import dev.reserva.customers.domain.RecoveryCode;
import dev.reserva.customers.domain.SecondFactor;
import dev.reserva.customers.domain.SecondProof;
import dev.reserva.customers.domain.User;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import dev.reserva.platform.web.SecurityEvents;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/auth/second-factor}: staff sets up an authenticator. Each change needs the password,
 * because whoever has found a token must not lock its owner out.
 */
@Tag(name = "auth", description = "Tokens.")
@RestController
public final class SecondFactorController {

  private static final String PATH = "/api/auth/second-factor";

  private final Commands commands;
  private final AuditTrail trail;
  private final Transactions transactions;
  private final Users users;
  private final SecondFactors factors;
  private final CurrentPassword currentPassword;
  private final SecondFactorGate gate;
  private final BeginSecondFactor beginning;
  private final ConfirmSecondFactor confirming;
  private final RemoveSecondFactor removing;
  private final Clock clock;

  public SecondFactorController(
      Commands commands,
      AuditTrail trail,
      Transactions transactions,
      Users users,
      SecondFactors factors,
      CurrentPassword currentPassword,
      SecondFactorGate gate,
      BeginSecondFactor beginning,
      ConfirmSecondFactor confirming,
      RemoveSecondFactor removing,
      Clock clock) {
    this.commands = commands;
    this.trail = trail;
    this.transactions = transactions;
    this.users = users;
    this.factors = factors;
    this.currentPassword = currentPassword;
    this.gate = gate;
    this.beginning = beginning;
    this.confirming = confirming;
    this.removing = removing;
    this.clock = clock;
  }

  @Operation(summary = "Get the state of one's second factor")
  @GetMapping(PATH)
  SecondFactorStateView state(RequestContext request) {
    UUID account = account(request.caller());
    return transactions.snapshot(tx ->
        new SecondFactorStateView(
            factors.find(account, tx).filter(SecondFactor::active).isPresent(),
            gate.required(),
            factors.recoveryCodesLeft(account, tx)));
  }

  @Operation(
      summary = "Set up an authenticator",
      description =
          "Answers the secret for an authenticator app. Log-ins ask for its codes once one was"
              + " confirmed. A second call replaces a secret that was not confirmed.")
  @Answers(status = 201, body = SecondFactorEnrolmentView.class)
  @Refuses(status = 403, type = "wrong-password", when = "it is not the caller's password")
  @Refuses(
      status = 409,
      type = "second-factor-active",
      when = "the caller has a second factor, which must be disabled first")
  @Refuses(status = 429, type = "too-many-attempts", when = "there were too many failed attempts")
  @PostMapping(PATH)
  ResponseEntity<?> begin(
      @RequestBody SecondFactorRequests.PasswordBody body,
      RequestContext request,
      HttpServletRequest http) {
    var errors = new InputErrors();
    String password = errors.required("/password", body.password(), CredentialTexts::bounded);
    errors.throwIfAny();
    User user = confirmed(request.caller(), Objects.requireNonNull(password), http);
    return commands.execute(
        request,
        tx ->
            switch (beginning.begin(user.id(), user.login(), clock.instant(), tx)) {
              case BeginSecondFactor.Outcome.Begun(Authenticators.Secret secret) ->
                  Answer.created(PATH, new SecondFactorEnrolmentView(secret.shown(), secret.uri()))
                      .recorded("customers.second_factor.begin", user.login());
              case BeginSecondFactor.Outcome.AlreadyActive _ ->
                  throw Problem.conflict(
                      "second-factor-active",
                      "There is a second factor",
                      "the caller has a second factor; POST %s/disable removes it first"
                          .formatted(PATH));
            });
  }

  @Operation(
      summary = "Confirm the authenticator with its first code",
      description =
          "From then on log-ins ask for a code. All sessions of the caller end: log in again with"
              + " the next code.")
  @Answers(body = SecondFactorRecoveryCodesView.class)
  @Refuses(status = 409, type = "nothing-to-confirm", when = "no authenticator is being set up")
  @Refuses(
      status = 422,
      type = "wrong-code",
      when = "it is not the code that the authenticator shows now")
  @PostMapping(PATH + "/confirm")
  ResponseEntity<?> confirm(
      @RequestBody SecondFactorRequests.CodeBody body, RequestContext request) {
    var errors = new InputErrors();
    OneTimeCode code =
        errors.required("/code", body.code(), typed -> new OneTimeCode(typed.strip()));
    errors.throwIfAny();
    OneTimeCode typed = Objects.requireNonNull(code);
    UUID account = account(request.caller());
    return commands.execute(
        request,
        tx ->
            switch (confirming.confirm(account, typed, request.cause(), clock.instant(), tx)) {
              case ConfirmSecondFactor.Outcome.Confirmed(List<RecoveryCode> codes) -> {
                String login = request.caller().name();
                putOnRecord(SecurityAction.SECOND_FACTOR_ENROLLED, login, request, tx);
                yield Answer.ok(
                        new SecondFactorRecoveryCodesView(
                            codes.stream().map(RecoveryCode::shown).toList()))
                    .recorded("customers.second_factor.confirm", login);
              }
              case ConfirmSecondFactor.Outcome.NothingBegun _ ->
                  throw Problem.conflict(
                      "nothing-to-confirm",
                      "There is nothing to confirm",
                      "no authenticator is being set up; POST %s begins".formatted(PATH));
              case ConfirmSecondFactor.Outcome.WrongCode _ ->
                  throw Problem.impossible(
                      "wrong-code",
                      "The code is wrong",
                      "it is not the code that the authenticator shows now; the clocks of the"
                          + " authenticator and of this server may differ by 30 s");
            });
  }

  @Operation(
      summary = "Remove one's second factor",
      description = "All sessions of the caller end.")
  @Answers(status = 204)
  @Refuses(
      status = 403,
      type = "wrong-password",
      when = "it is not the caller's password, or the code is wrong")
  @Refuses(status = 404, type = "not-found", when = "the caller has no second factor")
  @Refuses(status = 429, type = "too-many-attempts", when = "there were too many failed attempts")
  @PostMapping(PATH + "/disable")
  ResponseEntity<?> disable(
      @RequestBody SecondFactorRequests.ProofBody body,
      RequestContext request,
      HttpServletRequest http) {
    var errors = new InputErrors();
    String password = errors.required("/password", body.password(), CredentialTexts::bounded);
    SecondProof proof = errors.required("/otp", body.otp(), CredentialTexts::proof);
    errors.throwIfAny();
    User user = confirmed(request.caller(), Objects.requireNonNull(password), http);
    if (!gate.proves(user, Objects.requireNonNull(proof))) {
      trail.security(
          SecurityEvents.of(SecurityAction.SECOND_FACTOR_FAILED, request).about(user.login()));
      throw wrongPassword();
    }
    return commands.execute(
        request,
        tx -> {
          Answer answer = removed(user.id(), request, tx);
          putOnRecord(SecurityAction.SECOND_FACTOR_DISABLED, user.login(), request, tx);
          return answer.recorded("customers.second_factor.disable", user.login());
        });
  }

  @Operation(
      summary = "Remove the second factor of a colleague",
      description =
          "For one who has lost the authenticator and the recovery codes. All his sessions end, and"
              + " his password alone lets him in, to set up another.")
  @Answers(status = 204)
  @Refuses(status = 409, type = "own-login", when = "it is the login of the caller")
  @DeleteMapping("/api/users/{username}/second-factor")
  ResponseEntity<?> reset(@PathVariable String username, RequestContext request) {
    String login = username.toLowerCase(Locale.ROOT);
    if (login.equals(request.caller().name())) {
      throw Problem.conflict(
          "own-login",
          "Not one's own login",
          "one's own second factor is removed by POST %s/disable, with password and code"
              .formatted(PATH));
    }
    return commands.execute(
        request,
        tx -> {
          User user =
              users
                  .find(login, tx)
                  .filter(found -> found.customerId() == null)
                  .orElseThrow(() -> Problem.notFound("user", login));
          Answer answer = removed(user.id(), request, tx);
          putOnRecord(SecurityAction.SECOND_FACTOR_RESET, login, request, tx);
          return answer.recorded("customers.second_factor.reset", login);
        });
  }

  private void putOnRecord(
      SecurityAction action, String login, RequestContext request, UnitOfWork tx) {
    trail.security(SecurityEvents.of(action, request).about(login), tx);
  }

  private Answer removed(UUID account, RequestContext request, UnitOfWork tx) {
    return switch (removing.remove(account, request.cause(), clock.instant(), tx)) {
      case RemoveSecondFactor.Outcome.Removed _ -> Answer.noContent();
      case RemoveSecondFactor.Outcome.NotEnrolled _ ->
          throw new Problem(404, "not-found", "Not found", "the user has no second factor");
    };
  }

  /** The caller's login, after its password was checked. */
  private User confirmed(Caller caller, String password, HttpServletRequest http) {
    UUID _ = account(caller);
    return currentPassword.proven(caller, password, http, SecondFactorController::wrongPassword);
  }

  private static UUID account(Caller caller) {
    UUID account = caller.accountId();
    if (account == null) {
      throw Problem.forbidden("the second factor of a login elsewhere is a matter of that issuer");
    }
    return account;
  }

  private static Problem wrongPassword() {
    return new Problem(
        403, "wrong-password", "The password is wrong", "the password or the code is wrong");
  }
}
