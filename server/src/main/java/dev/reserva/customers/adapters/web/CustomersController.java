package dev.reserva.customers.adapters.web;

import dev.reserva.customers.application.Customers;
import dev.reserva.customers.application.PasswordRules;
import dev.reserva.customers.application.Passwords;
import dev.reserva.customers.application.RegisterCustomer;
import dev.reserva.customers.domain.Customer;
import dev.reserva.customers.domain.Email;
import dev.reserva.customers.domain.Password;
import dev.reserva.customers.domain.PersonName;
import dev.reserva.messaging.GroupCommit;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.Commands.Request;
import dev.reserva.platform.web.Commands.Result;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.RequestContext;
import dev.reserva.platform.web.SecurityEvents;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/customers}: registers and shows customers. A customer sees only its own record; the
 * others are 404.
 */
@Tag(name = "customers", description = "Who may order.")
@RestController
@RequestMapping("/api/customers")
public final class CustomersController {

  /** As for products: an import sends many requests at once. */
  private static final GroupCommit.Limits LIMITS =
      new GroupCommit.Limits(200, 128, 10_000, Duration.ofSeconds(1));

  private static final AccountAcceptedView SIGNED_UP =
      new AccountAcceptedView(
          "a link is on its way to the address; if it was not known before, its login can be used");

  private final Transactions transactions;
  private final Customers customers;
  private final RegisterCustomer registering;
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
      PasswordRules passwordRules,
      Passwords passwords,
      AuditTrail trail,
      Clock clock) {
    this.transactions = transactions;
    this.customers = customers;
    this.registering = registering;
    this.passwordRules = passwordRules;
    this.passwords = passwords;
    this.trail = trail;
    this.clock = clock;
    this.registrations =
        commands.grouped(
            new Commands.Kind("customers.register", "/api/customers"), LIMITS, this::registerAll);
  }

  @Operation(
      summary = "Register a customer, or sign up",
      description =
          "With a password, the customer gets a login whose name is the e-mail address. Staff get"
              + " the customer. All others get the same answer whether the address is known or"
              + " not; a link is sent to it.")
  @Answers(status = 201, body = CustomerView.class, tagged = true)
  @Answers(status = 202, body = AccountAcceptedView.class)
  @Refuses(status = 409, type = "email-taken", when = "another customer has this e-mail address")
  @PostMapping
  ResponseEntity<?> register(
      @RequestBody CustomerRequests.CustomerBody body, RequestContext request) {
    CustomerRequests.Checked checked = CustomerRequests.checked(body, passwordRules);
    Password password = checked.password();
    String hash = password == null ? null : passwords.hash(password, Passwords.Share.REGISTRATION);
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
        trail.security(
            SecurityEvents.of(SecurityAction.SIGN_UP_REPEATED, requests.get(i).context()));
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
                  .withHeader(HttpHeaders.ETAG, CustomerView.etag(customer))
                  .recorded("customers.customer.register", customer.id()));
      case RegisterCustomer.Outcome.EmailTaken _ ->
          new Result.Refused(CustomerProblems.emailTaken());
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
    CustomerProblems.requireVisible(id, request.caller());
    Customer customer =
        transactions
            .snapshot(tx -> customers.find(id, tx))
            .orElseThrow(() -> CustomerProblems.notFound(id));
    return ResponseEntity.ok().eTag(CustomerView.etag(customer)).body(CustomerView.of(customer));
  }
}
