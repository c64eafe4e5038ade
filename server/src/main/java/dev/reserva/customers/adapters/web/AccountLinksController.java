package dev.reserva.customers.adapters.web;

import dev.reserva.customers.application.ConfirmReset;
import dev.reserva.customers.application.LinkTokens;
import dev.reserva.customers.application.Links;
import dev.reserva.customers.application.PasswordRules;
import dev.reserva.customers.application.Passwords;
import dev.reserva.customers.application.RequestReset;
import dev.reserva.customers.application.RequestReset.Forgetful;
import dev.reserva.customers.application.VerifyEmail;
import dev.reserva.customers.domain.Email;
import dev.reserva.customers.domain.Link.Purpose;
import dev.reserva.customers.domain.Password;
import dev.reserva.customers.domain.Username;
import dev.reserva.messaging.GroupCommit;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.Commands.Request;
import dev.reserva.platform.web.Commands.Result;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import dev.reserva.platform.web.SecurityEvents;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/auth}: the links by which passwords are reset and addresses verified. */
@Tag(name = "accounts", description = "Passwords and verified addresses.")
@RestController
@RequestMapping("/api/auth")
public final class AccountLinksController {

  private static final Logger LOG = LoggerFactory.getLogger(AccountLinksController.class);

  /** Requests wait for no answer, so they may wait for the database as long as the queue lasts. */
  private static final GroupCommit.Limits RESET_LIMITS =
      new GroupCommit.Limits(100, 100, 1_000, Duration.ofSeconds(5));

  private static final AccountAcceptedView ACCEPTED =
      new AccountAcceptedView(
          "if there is such a login, a link to choose a new password is on its way");

  private final Commands commands;
  private final Transactions transactions;
  private final RequestReset requesting;
  private final ConfirmReset confirming;
  private final VerifyEmail verifying;
  private final Links links;
  private final LinkTokens linkTokens;
  private final PasswordRules passwordRules;
  private final Passwords passwords;
  private final AuditTrail trail;
  private final Clock clock;
  private final Commands.Grouped<RequestReset.Command> resets;

  public AccountLinksController(
      Commands commands,
      Transactions transactions,
      RequestReset requesting,
      ConfirmReset confirming,
      VerifyEmail verifying,
      Links links,
      LinkTokens linkTokens,
      PasswordRules passwordRules,
      Passwords passwords,
      AuditTrail trail,
      Clock clock) {
    this.commands = commands;
    this.transactions = transactions;
    this.requesting = requesting;
    this.confirming = confirming;
    this.verifying = verifying;
    this.links = links;
    this.linkTokens = linkTokens;
    this.passwordRules = passwordRules;
    this.passwords = passwords;
    this.trail = trail;
    this.clock = clock;
    this.resets =
        commands.grouped(
            new Commands.Kind("customers.request-reset", "/api/auth/password-reset"),
            RESET_LIMITS,
            this::requestAll);
  }

  @Operation(
      operationId = "Account-request",
      summary = "Ask for a link to choose a new password",
      description =
          "The answer is the same whether there is such a login or not. A customer without a login"
              + " gets one by the link. There is at most one link in five minutes.")
  @Answers(status = 202, body = AccountAcceptedView.class)
  @Refuses(
      status = 403,
      type = "forbidden",
      when = "somebody other than an administrator names a member of staff")
  @PostMapping("/password-reset")
  ResponseEntity<?> request(@RequestBody AccountRequests.ResetBody body, RequestContext request) {
    var errors = new InputErrors();
    Email email = errors.optional("/email", body.email(), Email::new);
    Username username = errors.optional("/username", body.username(), Username::new);
    if ((body.email() == null) == (body.username() == null)) {
      errors.add("", "needs either email or username");
    }
    errors.throwIfAny();
    if (username != null && !request.caller().is(Role.ADMIN)) {
      throw Problem.forbidden("only an administrator may ask for a link for a member of staff");
    }
    Forgetful forgetful =
        username == null
            ? new Forgetful.OfCustomer(Objects.requireNonNull(email))
            : new Forgetful.OfStaff(username);
    trail.security(
        SecurityEvents.of(SecurityAction.PASSWORD_RESET_REQUESTED, request)
            .about(username == null ? null : username.value()));
    // Nobody waits for the outcome: the time would tell whether there is such a login.
    String correlation = request.cause().correlationId();
    resets
        .start(request, new RequestReset.Command(forgetful, request.cause()))
        .whenDone(answer -> {
          if (answer == null && request.idempotency() == null) {
            LOG.warn("password reset not requested, it is lost: correlation={}", correlation);
          }
        });
    return ResponseEntity.accepted().body(ACCEPTED);
  }

  private List<Result> requestAll(List<Request<RequestReset.Command>> requests, UnitOfWork tx) {
    requesting.request(requests.stream().map(Request::command).toList(), clock.instant(), tx);
    return requests.stream()
        .<Result>map(request -> new Result.Done(Answer.accepted(ACCEPTED)))
        .toList();
  }

  @Operation(
      operationId = "Account-confirm",
      summary = "Choose a new password by a link",
      description = "It ends all sessions of the login, and verifies a customer's e-mail address.")
  @Answers(status = 204)
  @Refuses(
      status = 422,
      type = "invalid-link",
      when = "the link is unknown, was used, or has expired")
  @PostMapping("/password-reset/confirm")
  ResponseEntity<?> confirm(@RequestBody AccountRequests.ConfirmBody body, RequestContext request) {
    var errors = new InputErrors();
    String token = errors.required("/token", body.token());
    Password chosen = errors.required("/new", body.chosen(), passwordRules::parse);
    errors.throwIfAny();
    UUID link = linkOf(Objects.requireNonNull(token), Purpose.RESET_PASSWORD);
    Instant now = clock.instant();
    String login =
        transactions
            .snapshot(tx -> confirming.loginOf(link, now, tx))
            .orElseThrow(AccountLinksController::invalidLink);
    CredentialTexts.requireApart(Objects.requireNonNull(chosen), login, passwordRules, "/new");
    String hash = passwords.hash(chosen, Passwords.Share.LOG_IN);
    return commands.execute(
        request,
        tx ->
            switch (confirming.confirm(link, hash, request.cause(), clock.instant(), tx)) {
              case ConfirmReset.Outcome.Done(String who) -> {
                record(SecurityAction.PASSWORD_RESET, who, request, tx);
                yield Answer.noContent();
              }
              case ConfirmReset.Outcome.InvalidLink _ -> throw invalidLink();
            });
  }

  @Operation(operationId = "Account-verify", summary = "Verify an e-mail address by a link")
  @Answers(status = 204)
  @Refuses(
      status = 422,
      type = "invalid-link",
      when = "the link is unknown, was used, or has expired")
  @PostMapping("/verify-email")
  ResponseEntity<?> verify(@RequestBody AccountRequests.VerifyBody body, RequestContext request) {
    var errors = new InputErrors();
    String token = errors.required("/token", body.token());
    errors.throwIfAny();
    UUID link = linkOf(Objects.requireNonNull(token), Purpose.VERIFY_EMAIL);
    return commands.execute(
        request,
        tx ->
            switch (verifying.verify(link, request.cause(), clock.instant(), tx)) {
              case VerifyEmail.Outcome.Verified(UUID customer) -> {
                record(SecurityAction.EMAIL_VERIFIED, customer, request, tx);
                yield Answer.noContent();
              }
              case VerifyEmail.Outcome.InvalidLink _ -> throw invalidLink();
            });
  }

  @Operation(
      operationId = "Account-open",
      summary = "List the links that can be used",
      description =
          "For a shop without a mail server: whoever has a link can choose the password of its"
              + " owner.")
  @Input(name = "email", what = "Only links of the customer with this e-mail address, in any case.")
  @Input(name = "username", what = "Only links of this member of staff.")
  @GetMapping("/links")
  Page<AccountLinkView> open(
      @RequestParam(required = false) @Nullable String email,
      @RequestParam(required = false) @Nullable String username,
      PageRequest page,
      RequestContext request) {
    var errors = new InputErrors();
    Email address = errors.parameter("email", email, Email::new);
    Username name = errors.parameter("username", username, Username::new);
    errors.throwIfAny();
    var filter = new Links.Filter(address, name == null ? null : name.value());
    UUID before = page.before();
    trail.security(SecurityEvents.of(SecurityAction.LINKS_READ, request));
    Instant now = clock.instant();
    List<Links.Open> found =
        transactions.snapshot(tx -> links.open(filter, before, page.limit() + 1, now, tx));
    return Page.of(found, page, open -> open.link().id().toString())
        .map(open -> AccountLinkView.of(open, linkTokens));
  }

  private void record(
      SecurityAction action, Object subject, RequestContext request, UnitOfWork tx) {
    trail.security(SecurityEvents.of(action, request).about(subject), tx);
  }

  /** Refuses what is no valid link before a password is hashed for it. */
  private UUID linkOf(String token, Purpose purpose) {
    UUID id = linkTokens.idOf(token, purpose).orElseThrow(AccountLinksController::invalidLink);
    Instant now = clock.instant();
    if (transactions.snapshot(tx -> links.find(id, now, tx)).isEmpty()) {
      throw invalidLink();
    }
    return id;
  }

  private static Problem invalidLink() {
    return Problem.impossible(
        "invalid-link", "The link is not valid", "the link is unknown, was used, or has expired");
  }
}
