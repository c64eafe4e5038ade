package dev.reserva.customers.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.reserva.customers.application.ChangePassword;
import dev.reserva.customers.application.ConfirmReset;
import dev.reserva.customers.application.LinkTokens;
import dev.reserva.customers.application.Links;
import dev.reserva.customers.application.PasswordRules;
import dev.reserva.customers.application.Passwords;
import dev.reserva.customers.application.RequestReset;
import dev.reserva.customers.application.RequestReset.Forgetful;
import dev.reserva.customers.application.VerifyEmail;
import dev.reserva.customers.domain.Email;
import dev.reserva.customers.domain.Link;
import dev.reserva.customers.domain.Link.Owner;
import dev.reserva.customers.domain.Link.Purpose;
import dev.reserva.customers.domain.Password;
import dev.reserva.customers.domain.User;
import dev.reserva.customers.domain.Username;
import dev.reserva.messaging.GroupCommit;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.audit.SecurityEvent;
import dev.reserva.platform.json.NotFreeText;
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
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
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

/** {@code /api/auth}: passwords, and the links by which they are reset and addresses verified. */
@Tag(name = "accounts", description = "Passwords and verified addresses.")
@RestController
@RequestMapping("/api/auth")
public final class AccountController {

  private static final Logger LOG = LoggerFactory.getLogger(AccountController.class);

  /** Requests wait for no answer, so they may wait for the database as long as the queue lasts. */
  private static final GroupCommit.Limits RESET_LIMITS =
      new GroupCommit.Limits(100, 100, 1_000, Duration.ofSeconds(5));

  private static final Accepted ACCEPTED =
      new Accepted("if there is such a login, a link to choose a new password is on its way");

  private final Commands commands;
  private final Transactions transactions;
  private final CurrentPassword currentPassword;
  private final ChangePassword changing;
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

  public AccountController(
      Commands commands,
      Transactions transactions,
      CurrentPassword currentPassword,
      ChangePassword changing,
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
    this.currentPassword = currentPassword;
    this.changing = changing;
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

  record PasswordBody(
      @Schema(requiredMode = RequiredMode.REQUIRED, format = "password", minLength = 1) @NotFreeText
          @Nullable String current,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              format = "password",
              example = "correct horse battery")
          @JsonProperty("new")
          @NotFreeText
          @Nullable String chosen) {

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
      return "PasswordBody[…]";
    }
  }

  record ResetBody(
      @Schema(description = "Of a customer.", example = "joana@example.org") @NotFreeText
          @Nullable String email,
      @Schema(description = "Of a member of staff; only an administrator may name one.")
          @Nullable String username) {

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
      return "ResetBody[…]";
    }
  }

  record ConfirmBody(
      @Schema(requiredMode = RequiredMode.REQUIRED, description = "From the link.") @NotFreeText
          @Nullable String token,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              format = "password",
              example = "correct horse battery")
          @JsonProperty("new")
          @NotFreeText
          @Nullable String chosen) {

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
      return "ConfirmBody[…]";
    }
  }

  record VerifyBody(
      @Schema(requiredMode = RequiredMode.REQUIRED, description = "From the link.") @NotFreeText
          @Nullable String token) {

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
      return "VerifyBody[…]";
    }
  }

  /**
   * What is answered whether somebody is known or not.
   *
   * @param detail what happens now
   */
  record Accepted(String detail) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record LinkView(
      UUID id,
      @Schema(implementation = Purpose.class) String purpose,
      @Nullable UUID customerId,
      @Schema(example = "joana@example.org") @Nullable String email,
      @Schema(example = "ana.lima") @Nullable String username,
      @Schema(description = "What the link's holder sends.") String token,
      Instant createdAt,
      Instant expiresAt) {

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
      return "LinkView[%s]".formatted(id);
    }
  }

  @Operation(
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
      @RequestBody PasswordBody body, RequestContext request, HttpServletRequest http) {
    var errors = new InputErrors();
    String current = errors.required("/current", body.current(), CurrentPassword::typed);
    Password chosen = errors.required("/new", body.chosen(), passwordRules::parse);
    errors.throwIfAny();
    User proven = currentPassword.proven(request.caller(), Objects.requireNonNull(current), http);
    requireApart(Objects.requireNonNull(chosen), proven.login());
    String hash = passwords.hash(chosen, Passwords.Share.LOG_IN);
    return commands.execute(
        request,
        tx ->
            switch (changing.change(proven, hash, request.cause(), clock.instant(), tx)) {
              case ChangePassword.Outcome.Changed _ -> {
                record(SecurityAction.PASSWORD_CHANGED, proven.publicName(), request, tx);
                yield Answer.noContent();
              }
              case ChangePassword.Outcome.WrongPassword _ -> throw CurrentPassword.wrong();
            });
  }

  @Operation(
      summary = "Ask for a link to choose a new password",
      description =
          "The answer is the same whether there is such a login or not. A customer without a login"
              + " gets one by the link. There is at most one link in five minutes.")
  @Answers(status = 202, body = Accepted.class)
  @Refuses(
      status = 403,
      type = "forbidden",
      when = "somebody other than an administrator names a member of staff")
  @PostMapping("/password-reset")
  ResponseEntity<?> request(@RequestBody ResetBody body, RequestContext request) {
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
        event(SecurityAction.PASSWORD_RESET_REQUESTED, request)
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
      summary = "Choose a new password by a link",
      description = "It ends all sessions of the login, and verifies a customer's e-mail address.")
  @Answers(status = 204)
  @Refuses(
      status = 422,
      type = "invalid-link",
      when = "the link is unknown, was used, or has expired")
  @PostMapping("/password-reset/confirm")
  ResponseEntity<?> confirm(@RequestBody ConfirmBody body, RequestContext request) {
    var errors = new InputErrors();
    String token = errors.required("/token", body.token());
    Password chosen = errors.required("/new", body.chosen(), passwordRules::parse);
    errors.throwIfAny();
    UUID link = linkOf(Objects.requireNonNull(token), Purpose.RESET_PASSWORD);
    Instant now = clock.instant();
    String login =
        transactions
            .snapshot(tx -> confirming.loginOf(link, now, tx))
            .orElseThrow(AccountController::invalidLink);
    requireApart(Objects.requireNonNull(chosen), login);
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

  @Operation(summary = "Verify an e-mail address by a link")
  @Answers(status = 204)
  @Refuses(
      status = 422,
      type = "invalid-link",
      when = "the link is unknown, was used, or has expired")
  @PostMapping("/verify-email")
  ResponseEntity<?> verify(@RequestBody VerifyBody body, RequestContext request) {
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
      summary = "List the links that can be used",
      description =
          "For a shop without a mail server: whoever has a link can choose the password of its"
              + " owner.")
  @Input(name = "email", what = "Only links of the customer with this e-mail address, in any case.")
  @Input(name = "username", what = "Only links of this member of staff.")
  @GetMapping("/links")
  Page<LinkView> open(
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
    trail.security(event(SecurityAction.LINKS_READ, request));
    Instant now = clock.instant();
    List<Links.Open> found =
        transactions.snapshot(tx -> links.open(filter, before, page.limit() + 1, now, tx));
    return Page.of(found, page, open -> open.link().id().toString()).map(this::view);
  }

  private LinkView view(Links.Open open) {
    Link link = open.link();
    Email email = open.email();
    return new LinkView(
        link.id(),
        link.purpose().wire(),
        link.owner() instanceof Owner.OfCustomer(UUID customer) ? customer : null,
        email == null ? null : email.value(),
        open.username(),
        linkTokens.of(link),
        link.createdAt(),
        link.expiresAt());
  }

  /**
   * Applies the rule that needs the name of the login, which is not known before it is proven whose
   * password this is.
   */
  private void requireApart(Password chosen, String login) {
    var errors = new InputErrors();
    errors.check("/new", () -> passwordRules.parse(chosen.value(), login));
    errors.throwIfAny();
  }

  private void record(
      SecurityAction action, Object subject, RequestContext request, UnitOfWork tx) {
    trail.security(event(action, request).about(subject), tx);
  }

  private static SecurityEvent event(SecurityAction action, RequestContext request) {
    return SecurityEvent.of(action, request.actor(), request.cause());
  }

  /** Refuses what is no valid link before a password is hashed for it. */
  private UUID linkOf(String token, Purpose purpose) {
    UUID id = linkTokens.idOf(token, purpose).orElseThrow(AccountController::invalidLink);
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
