package dev.reserva.customers.adapters.web;

import dev.reserva.customers.application.ChangeCustomer;
import dev.reserva.customers.application.Customers;
import dev.reserva.customers.application.DeactivateCustomer;
import dev.reserva.customers.application.EraseCustomer;
import dev.reserva.customers.application.PasswordRules;
import dev.reserva.customers.application.Passwords;
import dev.reserva.customers.application.ReactivateCustomer;
import dev.reserva.customers.domain.Customer;
import dev.reserva.customers.domain.Erasure;
import dev.reserva.customers.domain.Password;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.IfMatch;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import dev.reserva.platform.web.SecurityEvents;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/customers/{id}}: changes one customer. */
@Tag(name = "customers")
@RestController
@RequestMapping("/api/customers/{id}")
public final class CustomerCommandsController {

  private final Commands commands;
  private final Customers customers;
  private final ChangeCustomer changing;
  private final DeactivateCustomer deactivating;
  private final ReactivateCustomer reactivating;
  private final EraseCustomer erasing;
  private final CurrentPassword currentPassword;
  private final PasswordRules passwordRules;
  private final Passwords passwords;
  private final AuditTrail trail;
  private final Clock clock;

  public CustomerCommandsController(
      Commands commands,
      Customers customers,
      ChangeCustomer changing,
      DeactivateCustomer deactivating,
      ReactivateCustomer reactivating,
      EraseCustomer erasing,
      CurrentPassword currentPassword,
      PasswordRules passwordRules,
      Passwords passwords,
      AuditTrail trail,
      Clock clock) {
    this.commands = commands;
    this.customers = customers;
    this.changing = changing;
    this.deactivating = deactivating;
    this.reactivating = reactivating;
    this.erasing = erasing;
    this.currentPassword = currentPassword;
    this.passwordRules = passwordRules;
    this.passwords = passwords;
    this.trail = trail;
    this.clock = clock;
  }

  @Operation(
      operationId = "Customers-change",
      summary = "Change a customer",
      description = "A new e-mail address has to be verified. A new password ends all sessions.")
  @Answers(body = CustomerView.class, tagged = true)
  @Refuses(
      status = 403,
      type = "wrong-password",
      when = "the current password is wrong, or the caller has no login here")
  @Refuses(
      status = 403,
      type = "not-for-staff",
      when =
          "a member of staff gives a password, or moves a login to another address without being"
              + " an administrator")
  @Refuses(status = 409, type = "email-taken", when = "another customer has this e-mail address")
  @Refuses(status = 409, type = "customer-deactivated", when = "the customer is deactivated")
  @Refuses(status = 429, type = "too-many-attempts", when = "there were too many failed attempts")
  @PutMapping
  ResponseEntity<?> change(
      @PathVariable UUID id,
      IfMatch ifMatch,
      @RequestBody CustomerRequests.ChangeBody body,
      RequestContext request,
      HttpServletRequest http) {
    Caller caller = request.caller();
    CustomerProblems.requireVisible(id, caller);
    CustomerRequests.Checked checked = CustomerRequests.checked(body, passwordRules);
    ChangeCustomer.By by =
        caller.isStaff()
            ? staff(caller, checked.password())
            : holder(caller, body.currentPassword(), http);
    Password password = checked.password();
    String hash = password == null ? null : passwords.hash(password, Passwords.Share.LOG_IN);
    return commands.execute(
        request,
        tx -> {
          requireSeen(id, ifMatch, tx);
          Optional<Customer> before = customers.lock(id, tx);
          return switch (changing.change(
              id, checked.details(), hash, by, request.cause(), clock.instant(), tx)) {
            case ChangeCustomer.Outcome.Done(Customer customer) -> {
              List<String> changed = changed(before, customer, hash != null);
              record(changed, id, request, tx);
              yield Answer.ok(CustomerView.of(customer))
                  .withHeader(HttpHeaders.ETAG, CustomerView.etag(customer))
                  .recorded("customers.customer.update", id, Changes.naming(changed));
            }
            case ChangeCustomer.Outcome.Unknown _ -> throw CustomerProblems.notFound(id);
            case ChangeCustomer.Outcome.EmailTaken _ -> throw CustomerProblems.emailTaken();
            case ChangeCustomer.Outcome.PasswordNeeded _ ->
                throw Problem.invalid(
                    "/currentPassword", "is required to change the e-mail address or the password");
            case ChangeCustomer.Outcome.WrongPassword _ -> throw CurrentPassword.wrong();
            case ChangeCustomer.Outcome.NotForStaff _ ->
                throw CustomerProblems.notForStaff(
                    "only an administrator or the customer itself may move a login to another"
                        + " e-mail address");
            case ChangeCustomer.Outcome.Refused _ ->
                throw Problem.conflict(
                    "customer-deactivated",
                    "The customer is deactivated",
                    "customer %s is deactivated and cannot be changed any more".formatted(id));
          };
        });
  }

  private void record(List<String> changed, UUID id, RequestContext request, UnitOfWork tx) {
    if (changed.contains("email")) {
      trail.security(SecurityEvents.of(SecurityAction.EMAIL_CHANGED, request).about(id), tx);
    }
    if (changed.contains("password")) {
      trail.security(SecurityEvents.of(SecurityAction.PASSWORD_CHANGED, request).about(id), tx);
    }
  }

  private static ChangeCustomer.By staff(Caller caller, @Nullable Password password) {
    if (password != null) {
      throw CustomerProblems.notForStaff(
          "staff set no passwords of customers; POST /api/auth/password-reset sends the customer a"
              + " link to choose one");
    }
    return new ChangeCustomer.By.Staff(caller.is(Role.ADMIN));
  }

  private ChangeCustomer.By holder(Caller caller, @Nullable String typed, HttpServletRequest http) {
    if (typed == null) {
      return new ChangeCustomer.By.Holder(null);
    }
    var errors = new InputErrors();
    String current = errors.required("/currentPassword", typed, CredentialTexts::bounded);
    errors.throwIfAny();
    return new ChangeCustomer.By.Holder(
        currentPassword.proven(caller, Objects.requireNonNull(current), http).passwordHash());
  }

  @Operation(
      operationId = "Customers-deactivate",
      summary = "Deactivate a customer, or erase its personal data",
      description =
          "Its orders stay; it can place no more. Its data is erased when none of its orders is"
              + " open; repeated, the request tells whether it is.")
  @Answers(status = 204)
  @Answers(status = 202, body = CustomerErasureView.class)
  @Input(name = "erase", what = "Erases name, e-mail address, telephone number and addresses too.")
  @DeleteMapping
  ResponseEntity<?> deactivate(
      @PathVariable UUID id,
      @RequestParam(defaultValue = "false") boolean erase,
      IfMatch ifMatch,
      RequestContext request) {
    CustomerProblems.requireVisible(id, request.caller());
    return commands.execute(
        request,
        tx -> {
          requireSeen(id, ifMatch, tx);
          if (erase) {
            return switch (erasing.request(id, request.cause(), clock.instant(), tx)) {
              case EraseCustomer.Outcome.Requested(Erasure erasure) -> {
                if (!request.caller().isStaff()) {
                  trail.security(
                      SecurityEvents.of(SecurityAction.ERASURE_REQUESTED, request).about(id), tx);
                }
                yield Answer.accepted(CustomerErasureView.of(erasure))
                    .recorded(
                        "customers.customer.erase",
                        id,
                        Changes.now("erasedAt", erasure.erasedAt()));
              }
              case EraseCustomer.Outcome.Unknown _ -> throw CustomerProblems.notFound(id);
            };
          }
          Optional<Customer> before = customers.lock(id, tx);
          return switch (deactivating.deactivate(id, request.cause(), clock.instant(), tx)) {
            case DeactivateCustomer.Outcome.Done _ ->
                Answer.noContent()
                    .recorded(
                        "customers.customer.deactivate",
                        id,
                        Changes.of("active", before.map(Customer::active).orElse(false), false));
            case DeactivateCustomer.Outcome.Unknown _ -> throw CustomerProblems.notFound(id);
          };
        });
  }

  /** The names of what changed; the values are personal. */
  private static List<String> changed(Optional<Customer> before, Customer after, boolean password) {
    List<String> names = new ArrayList<>();
    if (!before.map(Customer::name).equals(Optional.of(after.name()))) {
      names.add("name");
    }
    if (!before.map(Customer::email).equals(Optional.of(after.email()))) {
      names.add("email");
    }
    if (!before.map(Customer::phone).equals(Optional.ofNullable(after.phone()))) {
      names.add("phone");
    }
    if (!before.map(Customer::language).equals(Optional.ofNullable(after.language()))) {
      names.add("language");
    }
    if (password) {
      names.add("password");
    }
    return names;
  }

  @Operation(
      operationId = "Customers-reactivate",
      summary = "Reactivate a customer",
      description = "It can order and log in again, with the password that it had.")
  @Answers(body = CustomerView.class, tagged = true)
  @Refuses(
      status = 409,
      type = "customer-erased",
      when = "the customer's data is erased, or to be erased")
  @PostMapping("/reactivate")
  ResponseEntity<?> reactivate(@PathVariable UUID id, RequestContext request) {
    return commands.execute(
        request,
        tx ->
            switch (reactivating.reactivate(id, request.cause(), clock.instant(), tx)) {
              case ReactivateCustomer.Outcome.Done(Customer customer) ->
                  Answer.ok(CustomerView.of(customer))
                      .withHeader(HttpHeaders.ETAG, CustomerView.etag(customer))
                      .recorded(
                          "customers.customer.reactivate", id, Changes.of("active", false, true));
              case ReactivateCustomer.Outcome.Unknown _ -> throw CustomerProblems.notFound(id);
              case ReactivateCustomer.Outcome.Erased _ ->
                  throw Problem.conflict(
                      "customer-erased",
                      "The customer's data is erased",
                      "the data of customer %s is erased, or to be erased".formatted(id));
            });
  }

  private void requireSeen(UUID id, IfMatch ifMatch, UnitOfWork tx) {
    if (!ifMatch.isAny()) {
      customers.lock(id, tx).ifPresent(customer -> ifMatch.require(CustomerView.etag(customer)));
    }
  }
}
