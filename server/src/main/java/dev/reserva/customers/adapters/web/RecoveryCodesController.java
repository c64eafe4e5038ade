package dev.reserva.customers.adapters.web;

import dev.reserva.customers.application.RenewRecoveryCodes;
import dev.reserva.customers.application.RenewRecoveryCodes.Outcome;
import dev.reserva.customers.domain.RecoveryCode;
import dev.reserva.customers.domain.SecondProof;
import dev.reserva.customers.domain.User;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Refuses;
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
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/auth/second-factor/recovery-codes}: staff gets new recovery codes. */
@Tag(name = "auth", description = "Tokens.")
@RestController
public final class RecoveryCodesController {

  private final Commands commands;
  private final CurrentPassword currentPassword;
  private final SecondFactorGate gate;
  private final RenewRecoveryCodes renewing;
  private final AuditTrail trail;
  private final Clock clock;

  public RecoveryCodesController(
      Commands commands,
      CurrentPassword currentPassword,
      SecondFactorGate gate,
      RenewRecoveryCodes renewing,
      AuditTrail trail,
      Clock clock) {
    this.commands = commands;
    this.currentPassword = currentPassword;
    this.gate = gate;
    this.renewing = renewing;
    this.trail = trail;
    this.clock = clock;
  }

  @Operation(
      summary = "Get new recovery codes",
      description =
          "The codes before end. So do all sessions of the caller: log in again with a code of the"
              + " authenticator.")
  @Answers(body = SecondFactorRecoveryCodesView.class)
  @Refuses(
      status = 403,
      type = "wrong-password",
      when = "it is not the caller's password, or the code is wrong")
  @Refuses(status = 404, type = "not-found", when = "the caller has no second factor")
  @Refuses(status = 429, type = "too-many-attempts", when = "there were too many failed attempts")
  @PostMapping("/api/auth/second-factor/recovery-codes")
  ResponseEntity<?> renew(
      @RequestBody SecondFactorRequests.ProofBody body,
      RequestContext request,
      HttpServletRequest http) {
    var errors = new InputErrors();
    String password = errors.required("/password", body.password(), CredentialTexts::bounded);
    SecondProof proof = errors.required("/otp", body.otp(), CredentialTexts::proof);
    errors.throwIfAny();
    User user = currentPassword.proven(request.caller(), Objects.requireNonNull(password), http);
    if (!gate.proves(user, Objects.requireNonNull(proof))) {
      trail.security(
          SecurityEvents.of(SecurityAction.SECOND_FACTOR_FAILED, request).about(user.login()));
      throw new Problem(
          403, "wrong-password", "The password is wrong", "the password or the code is wrong");
    }
    return commands.execute(
        request,
        tx ->
            switch (renewing.renew(user.id(), request.cause(), clock.instant(), tx)) {
              case Outcome.Renewed(List<RecoveryCode> codes) -> {
                trail.security(
                    SecurityEvents.of(SecurityAction.RECOVERY_CODES_RENEWED, request)
                        .about(user.login()),
                    tx);
                yield Answer.ok(
                        new SecondFactorRecoveryCodesView(
                            codes.stream().map(RecoveryCode::shown).toList()))
                    .recorded("customers.second_factor.renew_recovery_codes", user.login());
              }
              case Outcome.NotEnrolled _ ->
                  throw new Problem(404, "not-found", "Not found", "the user has no second factor");
            });
  }
}
