package dev.reserva.customers.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.customers.application.ChangeCustomer;
import dev.reserva.customers.application.Customers;
import dev.reserva.customers.application.DeactivateCustomer;
import dev.reserva.customers.application.EraseCustomer;
import dev.reserva.customers.application.PasswordRules;
import dev.reserva.customers.application.Passwords;
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
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.json.NotFreeText;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.security.Caller;
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

  private final Commands commands;
  private final Transactions transactions;
  private final Customers customers;
  private final RegisterCustomer registering;
  private final ChangeCustomer changing;
  private final DeactivateCustomer deactivating;
  private final EraseCustomer erasing;
  private final PasswordRules passwordRules;
  private final Passwords passwords;
  private final Clock clock;
  private final Commands.Grouped<RegisterCustomer.Command> registrations;

  public CustomersController(
      Commands commands,
      Transactions transactions,
      Customers customers,
      RegisterCustomer registering,
      ChangeCustomer changing,
      DeactivateCustomer deactivating,
      EraseCustomer erasing,
      PasswordRules passwordRules,
      Passwords passwords,
      Clock clock) {
    this.commands = commands;
    this.transactions = transactions;
    this.customers = customers;
    this.registering = registering;
    this.changing = changing;
    this.deactivating = deactivating;
    this.erasing = erasing;
    this.passwordRules = passwordRules;
    this.passwords = passwords;
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
          customer.version(),
          customer.createdAt(),
          customer.updatedAt());
    }
  }

  private record Checked(Customer.Details details, @Nullable Password password) {}

  @Operation(
      summary = "Register a customer",
      description = "With a password, the customer gets a login whose name is the e-mail address.")
  @Answers(status = 201, body = CustomerView.class, tagged = true)
  @Refuses(status = 409, type = "email-taken", when = "another customer has this e-mail address")
  @PostMapping
  ResponseEntity<?> register(@RequestBody CustomerBody body, RequestContext request) {
    Checked checked = checked(body);
    String hash = hashed(checked.password());
    return registrations.execute(
        request, new RegisterCustomer.Command(checked.details(), hash, request.cause()));
  }

  private List<Result> registerAll(
      List<Request<RegisterCustomer.Command>> requests, UnitOfWork tx) {
    List<RegisterCustomer.Command> requested = requests.stream().map(Request::command).toList();
    return registering.register(requested, clock.instant(), tx).stream()
        .map(CustomersController::result)
        .toList();
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

  @Operation(summary = "Change a customer")
  @Answers(body = CustomerView.class, tagged = true)
  @Refuses(status = 409, type = "email-taken", when = "another customer has this e-mail address")
  @Refuses(status = 409, type = "customer-deactivated", when = "the customer is deactivated")
  @PutMapping("/{id}")
  ResponseEntity<?> change(
      @PathVariable UUID id,
      IfMatch ifMatch,
      @RequestBody CustomerBody body,
      RequestContext request) {
    requireVisible(id, request.caller());
    Checked checked = checked(body);
    String hash = hashed(checked.password());
    return commands.execute(
        request,
        tx -> {
          requireSeen(id, ifMatch, tx);
          Optional<Customer> before = customers.lock(id, tx);
          return switch (changing.change(
              id, checked.details(), hash, request.cause(), clock.instant(), tx)) {
            case ChangeCustomer.Outcome.Done(Customer customer) ->
                Answer.ok(CustomerView.of(customer))
                    .withHeader(HttpHeaders.ETAG, etag(customer))
                    .recorded(
                        "customers.customer.update",
                        id,
                        Changes.naming(changed(before, customer, hash != null)));
            case ChangeCustomer.Outcome.Unknown _ -> throw notFound(id);
            case ChangeCustomer.Outcome.EmailTaken _ -> throw emailTaken();
            case ChangeCustomer.Outcome.Refused _ ->
                throw Problem.conflict(
                    "customer-deactivated",
                    "The customer is deactivated",
                    "customer %s is deactivated and cannot be changed any more".formatted(id));
          };
        });
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
          "Its orders stay; it can place no more. Its data is erased when none of its orders is open;"
              + " repeated, the request tells whether it is.")
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
              case EraseCustomer.Outcome.Requested(Erasure erasure) ->
                  Answer.accepted(ErasureView.of(erasure))
                      .recorded(
                          "customers.customer.erase",
                          id,
                          Changes.now("erasedAt", erasure.erasedAt()));
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

  private void requireSeen(UUID id, IfMatch ifMatch, UnitOfWork tx) {
    if (!ifMatch.isAny()) {
      customers.lock(id, tx).ifPresent(customer -> ifMatch.require(etag(customer)));
    }
  }

  private static String etag(Customer customer) {
    return "\"" + customer.version() + "\"";
  }

  private Checked checked(CustomerBody body) {
    var errors = new InputErrors();
    PersonName name = errors.required("/name", body.name(), PersonName::new);
    Email email = errors.required("/email", body.email(), Email::new);
    Phone phone = errors.optional("/phone", body.phone(), Phone::new);
    Password password = errors.optional("/password", body.password(), passwordRules::parse);
    errors.throwIfAny();
    return new Checked(
        new Customer.Details(Objects.requireNonNull(name), Objects.requireNonNull(email), phone),
        password);
  }

  private @Nullable String hashed(@Nullable Password password) {
    return password == null ? null : passwords.hash(password, Passwords.Share.REGISTRATION);
  }

  private static void requireVisible(UUID id, Caller caller) {
    if (!caller.isStaff() && !id.equals(caller.customerId())) {
      throw notFound(id);
    }
  }

  private static Problem notFound(UUID id) {
    return Problem.notFound("customer", id);
  }

  private static Problem emailTaken() {
    return Problem.conflict(
        "email-taken", "The e-mail address is taken", "another customer has this e-mail address");
  }
}
