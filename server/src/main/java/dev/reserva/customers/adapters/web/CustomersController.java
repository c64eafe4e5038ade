package dev.reserva.customers.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.customers.application.ChangeCustomer;
import dev.reserva.customers.application.Customers;
import dev.reserva.customers.application.DeactivateCustomer;
import dev.reserva.customers.application.EraseCustomer;
import dev.reserva.customers.application.PasswordRules;
import dev.reserva.customers.application.Passwords;
import dev.reserva.customers.application.ReactivateCustomer;
import dev.reserva.customers.application.RegisterCustomer;
import dev.reserva.customers.domain.Customer;
import dev.reserva.customers.domain.Email;
import dev.reserva.customers.domain.Erasure;
import dev.reserva.customers.domain.Password;
import dev.reserva.customers.domain.PersonName;
import dev.reserva.customers.domain.Phone;
import dev.reserva.messaging.GroupCommit;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.audit.SecurityEvent;
import dev.reserva.platform.json.NotFreeText;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.Commands.Request;
import dev.reserva.platform.web.Commands.Result;
import dev.reserva.platform.web.IfMatch;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/customers}: a customer sees and changes only its own record; the others are 404. */
@Tag(name = "customers", description = "Who may order.")
@RestController
@RequestMapping("/api/customers")
public final class CustomersController {

  /** As for products: an import sends many requests at once. */
  private static final GroupCommit.Limits LIMITS =
      new GroupCommit.Limits(200, 128, 10_000, Duration.ofSeconds(1));

  private static final AccountController.Accepted SIGNED_UP =
      new AccountController.Accepted(
          "a link is on its way to the address; if it was not known before, its login can be used");

  private final Commands commands;
  private final Transactions transactions;
  private final Customers customers;
  private final RegisterCustomer registering;
  private final ChangeCustomer changing;
  private final DeactivateCustomer deactivating;
  private final ReactivateCustomer reactivating;
  private final CurrentPassword currentPassword;
  private final EraseCustomer erasing;
  private final PasswordRules passwordRules;
  private final Passwords passwords;
  private final AuditTrail trail;
  private final Clock clock;
  private final Commands.Grouped<RegisterCustomer.Command> registrations;

  public CustomersController(
      Commands commands,
      Transactions transactions,
      Customers customers,
      RegisterCustomer registering,
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
    this.transactions = transactions;
    this.customers = customers;
    this.registering = registering;
    this.changing = changing;
    this.deactivating = deactivating;
    this.reactivating = reactivating;
    this.currentPassword = currentPassword;
    this.erasing = erasing;
    this.passwordRules = passwordRules;
    this.passwords = passwords;
    this.trail = trail;
    this.clock = clock;
    this.registrations =
        commands.grouped(
            new Commands.Kind("customers.register", "/api/customers"), LIMITS, this::registerAll);
  }

  record CustomerBody(
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "Maria Souza") @Nullable String name,
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "joana@example.org") @NotFreeText
          @Nullable String email,
      @Schema(example = "+55 11 91234-5678") @NotFreeText @Nullable String phone,
      @Schema(format = "password") @NotFreeText @Nullable String password) {

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
      return "CustomerBody[…]";
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CustomerView(
      UUID id,
      @Schema(example = "Maria Souza") String name,
      @Schema(example = "joana@example.org") String email,
      @Schema(example = "+55 11 91234-5678") @Nullable String phone,
      boolean active,
      @Schema(description = "Whether the e-mail address is verified.") boolean verified,
      int version,
      Instant createdAt,
      Instant updatedAt) {

    static CustomerView of(Customer customer) {
      Phone phone = customer.phone();
      return new CustomerView(
          customer.id(),
          customer.name().value(),
          customer.email().value(),
          phone == null ? null : phone.value(),
          customer.active(),
          customer.verified(),
          customer.version(),
          customer.createdAt(),
          customer.updatedAt());
    }
  }

  record ChangeBody(
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "Maria Souza") @Nullable String name,
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "joana@example.org") @NotFreeText
          @Nullable String email,
      @Schema(example = "+55 11 91234-5678") @NotFreeText @Nullable String phone,
      @Schema(format = "password", description = "A new one, chosen by the customer itself.")
          @NotFreeText
          @Nullable String password,
      @Schema(
              format = "password",
              description = "Needed by a customer for a new e-mail address or password.")
          @NotFreeText
          @Nullable String currentPassword) {

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
      return "ChangeBody[…]";
    }
  }

  private record Checked(Customer.Details details, @Nullable Password password) {}

  @Operation(
      summary = "Register a customer, or sign up",
      description =
          "With a password, the customer gets a login whose name is the e-mail address. Staff get"
              + " the customer. All others get the same answer whether the address is known or"
              + " not; a link is sent to it.")
  @Answers(status = 201, body = CustomerView.class, tagged = true)
  @Answers(status = 202, body = AccountController.Accepted.class)
  @Refuses(status = 409, type = "email-taken", when = "another customer has this e-mail address")
  @PostMapping
  ResponseEntity<?> register(@RequestBody CustomerBody body, RequestContext request) {
    Checked checked = checked(body.name(), body.email(), body.phone(), body.password());
    String hash = hashed(checked.password(), Passwords.Share.REGISTRATION);
    return registrations.execute(
        request,
        new RegisterCustomer.Command(
            request.caller().isStaff() ? RegisterCustomer.By.STAFF : RegisterCustomer.By.ITSELF,
            checked.details(),
            hash,
            request.cause()));
  }

  private List<Result> registerAll(
      List<Request<RegisterCustomer.Command>> requests, UnitOfWork tx) {
    List<RegisterCustomer.Command> requested = requests.stream().map(Request::command).toList();
    List<RegisterCustomer.Outcome> outcomes = registering.register(requested, clock.instant(), tx);
    List<Result> results = new ArrayList<>(outcomes.size());
    for (int i = 0; i < outcomes.size(); i++) {
      if (requested.get(i).by() == RegisterCustomer.By.ITSELF
          && outcomes.get(i) instanceof RegisterCustomer.Outcome.EmailTaken) {
        trail.security(event(SecurityAction.SIGN_UP_REPEATED, requests.get(i).context()));
      }
      results.add(
          switch (requested.get(i).by()) {
            case STAFF -> result(outcomes.get(i));
            case ITSELF -> new Result.Done(Answer.accepted(SIGNED_UP));
          });
    }
    return results;
  }

  private static Result result(RegisterCustomer.Outcome outcome) {
    return switch (outcome) {
      case RegisterCustomer.Outcome.Registered(Customer customer) ->
          new Result.Done(
              Answer.created("/api/customers/" + customer.id(), CustomerView.of(customer))
                  .withHeader(HttpHeaders.ETAG, etag(customer))
                  .recorded("customers.customer.register", customer.id()));
      case RegisterCustomer.Outcome.EmailTaken _ -> new Result.Refused(emailTaken());
    };
  }

  @Operation(summary = "List customers", description = "A customer finds itself only.")
  @Input(name = "email", what = "Only the customer with this e-mail address, in any case.")
  @Input(name = "name", what = "Only customers with this text in their name, in any case.")
  @GetMapping
  Page<CustomerView> list(
      @RequestParam(required = false) @Nullable String email,
      @RequestParam(required = false) @Nullable String name,
      PageRequest page,
      RequestContext request) {
    Caller caller = request.caller();
    var errors = new InputErrors();
    Email address = errors.parameter("email", email, Email::new);
    PersonName part = errors.parameter("name", name, PersonName::new);
    errors.throwIfAny();
    UUID itself = caller.customerId();
    if (!caller.isStaff() && itself == null) {
      return new Page<>(List.of(), null);
    }
    var filter =
        new Customers.Filter(
            caller.isStaff() ? null : itself, address, part == null ? null : part.value());
    UUID before = page.before();
    List<Customer> found =
        transactions.snapshot(tx -> customers.list(filter, before, page.limit() + 1, tx));
    return Page.of(found, page, customer -> customer.id().toString()).map(CustomerView::of);
  }

  @Operation(summary = "Get a customer")
  @Answers(tagged = true)
  @GetMapping("/{id}")
  ResponseEntity<CustomerView> one(@PathVariable UUID id, RequestContext request) {
    requireVisible(id, request.caller());
    Customer customer =
        transactions.snapshot(tx -> customers.find(id, tx)).orElseThrow(() -> notFound(id));
    return ResponseEntity.ok().eTag(etag(customer)).body(CustomerView.of(customer));
  }

  @Operation(
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
  @PutMapping("/{id}")
  ResponseEntity<?> change(
      @PathVariable UUID id,
      IfMatch ifMatch,
      @RequestBody ChangeBody body,
      RequestContext request,
      HttpServletRequest http) {
    Caller caller = request.caller();
    requireVisible(id, caller);
    Checked checked = checked(body.name(), body.email(), body.phone(), body.password());
    ChangeCustomer.By by =
        caller.isStaff()
            ? staff(caller, checked.password())
            : holder(caller, body.currentPassword(), http);
    String hash = hashed(checked.password(), Passwords.Share.LOG_IN);
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
                  .withHeader(HttpHeaders.ETAG, etag(customer))
                  .recorded("customers.customer.update", id, Changes.naming(changed));
            }
            case ChangeCustomer.Outcome.Unknown _ -> throw notFound(id);
            case ChangeCustomer.Outcome.EmailTaken _ -> throw emailTaken();
            case ChangeCustomer.Outcome.PasswordNeeded _ ->
                throw Problem.invalid(
                    "/currentPassword", "is required to change the e-mail address or the password");
            case ChangeCustomer.Outcome.WrongPassword _ -> throw CurrentPassword.wrong();
            case ChangeCustomer.Outcome.NotForStaff _ ->
                throw notForStaff(
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
      trail.security(event(SecurityAction.EMAIL_CHANGED, request).about(id), tx);
    }
    if (changed.contains("password")) {
      trail.security(event(SecurityAction.PASSWORD_CHANGED, request).about(id), tx);
    }
  }

  private static SecurityEvent event(SecurityAction action, RequestContext request) {
    return SecurityEvent.of(action, request.actor(), request.cause());
  }

  private static ChangeCustomer.By staff(Caller caller, @Nullable Password password) {
    if (password != null) {
      throw notForStaff(
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
    String current = errors.required("/currentPassword", typed, CurrentPassword::typed);
    errors.throwIfAny();
    return new ChangeCustomer.By.Holder(
        currentPassword.proven(caller, Objects.requireNonNull(current), http).passwordHash());
  }

  /**
   * @param erasedAt absent while an order of the customer is open
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ErasureView(UUID customerId, Instant requestedAt, @Nullable Instant erasedAt) {
    static ErasureView of(Erasure erasure) {
      return new ErasureView(erasure.customerId(), erasure.requestedAt(), erasure.erasedAt());
    }
  }

  @Operation(
      summary = "Deactivate a customer, or erase its personal data",
      description =
          "Its orders stay; it can place no more. Its data is erased when none of its orders is"
              + " open; repeated, the request tells whether it is.")
  @Answers(status = 204)
  @Answers(status = 202, body = ErasureView.class)
  @Input(name = "erase", what = "Erases name, e-mail address, telephone number and addresses too.")
  @DeleteMapping("/{id}")
  ResponseEntity<?> deactivate(
      @PathVariable UUID id,
      @RequestParam(defaultValue = "false") boolean erase,
      IfMatch ifMatch,
      RequestContext request) {
    requireVisible(id, request.caller());
    return commands.execute(
        request,
        tx -> {
          requireSeen(id, ifMatch, tx);
          if (erase) {
            return switch (erasing.request(id, request.cause(), clock.instant(), tx)) {
              case EraseCustomer.Outcome.Requested(Erasure erasure) -> {
                if (!request.caller().isStaff()) {
                  trail.security(event(SecurityAction.ERASURE_REQUESTED, request).about(id), tx);
                }
                yield Answer.accepted(ErasureView.of(erasure))
                    .recorded(
                        "customers.customer.erase",
                        id,
                        Changes.now("erasedAt", erasure.erasedAt()));
              }
              case EraseCustomer.Outcome.Unknown _ -> throw notFound(id);
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
            case DeactivateCustomer.Outcome.Unknown _ -> throw notFound(id);
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
    if (password) {
      names.add("password");
    }
    return names;
  }

  @Operation(
      summary = "Reactivate a customer",
      description = "It can order and log in again, with the password that it had.")
  @Answers(body = CustomerView.class, tagged = true)
  @Refuses(
      status = 409,
      type = "customer-erased",
      when = "the customer's data is erased, or to be erased")
  @PostMapping("/{id}/reactivate")
  ResponseEntity<?> reactivate(@PathVariable UUID id, RequestContext request) {
    return commands.execute(
        request,
        tx ->
            switch (reactivating.reactivate(id, request.cause(), clock.instant(), tx)) {
              case ReactivateCustomer.Outcome.Done(Customer customer) ->
                  Answer.ok(CustomerView.of(customer))
                      .withHeader(HttpHeaders.ETAG, etag(customer))
                      .recorded(
                          "customers.customer.reactivate", id, Changes.of("active", false, true));
              case ReactivateCustomer.Outcome.Unknown _ -> throw notFound(id);
              case ReactivateCustomer.Outcome.Erased _ ->
                  throw Problem.conflict(
                      "customer-erased",
                      "The customer's data is erased",
                      "the data of customer %s is erased, or to be erased".formatted(id));
            });
  }

  private void requireSeen(UUID id, IfMatch ifMatch, UnitOfWork tx) {
    if (!ifMatch.isAny()) {
      customers.lock(id, tx).ifPresent(customer -> ifMatch.require(etag(customer)));
    }
  }

  private static String etag(Customer customer) {
    return "\"" + customer.version() + "\"";
  }

  private Checked checked(
      @Nullable String givenName,
      @Nullable String givenEmail,
      @Nullable String givenPhone,
      @Nullable String givenPassword) {
    var errors = new InputErrors();
    PersonName name = errors.required("/name", givenName, PersonName::new);
    Email email = errors.required("/email", givenEmail, Email::new);
    Phone phone = errors.optional("/phone", givenPhone, Phone::new);
    Password password =
        errors.optional(
            "/password",
            givenPassword,
            typed -> passwordRules.parse(typed, email == null ? null : email.value()));
    errors.throwIfAny();
    return new Checked(
        new Customer.Details(Objects.requireNonNull(name), Objects.requireNonNull(email), phone),
        password);
  }

  private @Nullable String hashed(@Nullable Password password, Passwords.Share share) {
    return password == null ? null : passwords.hash(password, share);
  }

  private static void requireVisible(UUID id, Caller caller) {
    if (!caller.isStaff() && !id.equals(caller.customerId())) {
      throw notFound(id);
    }
  }

  private static Problem notFound(UUID id) {
    return Problem.notFound("customer", id);
  }

  private static Problem notForStaff(String detail) {
    return new Problem(403, "not-for-staff", "Not for staff to change", detail);
  }

  private static Problem emailTaken() {
    return Problem.conflict(
        "email-taken", "The e-mail address is taken", "another customer has this e-mail address");
  }
}
