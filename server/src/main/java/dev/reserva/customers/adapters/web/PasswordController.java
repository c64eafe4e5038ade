package dev.reserva.customers.adapters.web;

import dev.reserva.customers.application.ChangePassword;
import dev.reserva.customers.application.PasswordRules;
import dev.reserva.customers.application.Passwords;
import dev.reserva.customers.domain.Password;
import dev.reserva.customers.domain.User;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.RequestContext;
import dev.reserva.platform.web.SecurityEvents;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/auth/password}: changes the caller's own password. */
@Tag(name = "accounts")
@RestController
@RequestMapping("/api/auth")
public final class PasswordController {

  private final Commands commands;
  private final CurrentPassword currentPassword;
  private final ChangePassword changing;
  private final PasswordRules passwordRules;
  private final Passwords passwords;
  private final AuditTrail trail;
  private final Clock clock;

  public PasswordController(
      Commands commands,
      CurrentPassword currentPassword,
      ChangePassword changing,
      PasswordRules passwordRules,
      Passwords passwords,
      AuditTrail trail,
      Clock clock) {
    this.commands = commands;
    this.currentPassword = currentPassword;
    this.changing = changing;
    this.passwordRules = passwordRules;
    this.passwords = passwords;
    this.trail = trail;
    this.clock = clock;
  }

  @Operation(
      operationId = "Account-change",
      summary = "Change one's own password",
      description = "It ends all sessions of the login, that of the caller too.")
  @Answers(status = 204)
  @Refuses(
      status = 403,
      type = "wrong-password",
      when = "the current password is wrong, or the caller has no login here")
  @Refuses(status = 429, type = "too-many-attempts", when = "there were too many failed attempts")
  @PostMapping("/password")
  ResponseEntity<?> change(
      @RequestBody AccountRequests.PasswordBody body,
      RequestContext request,
      HttpServletRequest http) {
    var errors = new InputErrors();
    String current = errors.required("/current", body.current(), CredentialTexts::bounded);
    Password chosen = errors.required("/new", body.chosen(), passwordRules::parse);
    errors.throwIfAny();
    User proven = currentPassword.proven(request.caller(), Objects.requireNonNull(current), http);
    CredentialTexts.requireApart(
        Objects.requireNonNull(chosen), proven.login(), passwordRules, "/new");
    String hash = passwords.hash(chosen, Passwords.Share.LOG_IN);
    return commands.execute(
        request,
        tx ->
            switch (changing.change(proven, hash, request.cause(), clock.instant(), tx)) {
              case ChangePassword.Outcome.Changed _ -> {
                trail.security(
                    SecurityEvents.of(SecurityAction.PASSWORD_CHANGED, request)
                        .about(proven.publicName()),
                    tx);
                yield Answer.noContent();
              }
              case ChangePassword.Outcome.WrongPassword _ -> throw CurrentPassword.wrong();
            });
  }
}
