package dev.reserva.customers.adapters.web;

import dev.reserva.customers.application.ChangeStaff;
import dev.reserva.customers.application.HireStaff;
import dev.reserva.customers.application.PasswordRules;
import dev.reserva.customers.application.Passwords;
import dev.reserva.customers.application.Users;
import dev.reserva.customers.domain.Password;
import dev.reserva.customers.domain.User;
import dev.reserva.customers.domain.UserRole;
import dev.reserva.customers.domain.Username;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
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
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/users}: an administrator creates, changes and ends logins of staff. */
@Tag(name = "users", description = "Logins of those who work for the shop.")
@RestController
@RequestMapping("/api/users")
public final class UsersController {

  private final Commands commands;
  private final Transactions transactions;
  private final Users users;
  private final HireStaff hiring;
  private final ChangeStaff changing;
  private final PasswordRules passwordRules;
  private final Passwords passwords;
  private final Clock clock;

  public UsersController(
      Commands commands,
      Transactions transactions,
      Users users,
      HireStaff hiring,
      ChangeStaff changing,
      PasswordRules passwordRules,
      Passwords passwords,
      Clock clock) {
    this.commands = commands;
    this.transactions = transactions;
    this.users = users;
    this.hiring = hiring;
    this.changing = changing;
    this.passwordRules = passwordRules;
    this.passwords = passwords;
    this.clock = clock;
  }

  record UserBody(
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "ana.lima") @Nullable String username,
      @NewPassword @Nullable String password,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              allowableValues = {"admin", "operator", "warehouse"})
          @Nullable List<String> roles) {

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
      return "UserBody[…]";
    }
  }

  record UserChangeBody(
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              allowableValues = {"admin", "operator", "warehouse"})
          @Nullable List<String> roles,
      @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable Boolean active) {}

  record UserView(
      @Schema(example = "ana.lima") String username,
      @Schema(implementation = UserRole.class) List<String> roles,
      boolean active,
      Instant createdAt) {
    static UserView of(User user) {
      return new UserView(
          user.login(),
          user.roles().stream().map(UserRole::wire).sorted().toList(),
          user.active(),
          user.createdAt());
    }
  }

  @Operation(
      summary = "Create a login",
      description = "The name of an ended login can be given out again.")
  @Answers(status = 201, body = UserView.class)
  @Refuses(status = 409, type = "username-taken", when = "an active user has this name")
  @PostMapping
  ResponseEntity<?> hire(@RequestBody UserBody body, RequestContext request) {
    var errors = new InputErrors();
    Username name = errors.required("/username", body.username(), Username::new);
    Password password =
        errors.required(
            "/password",
            body.password(),
            typed -> passwordRules.parse(typed, name == null ? null : name.value()));
    Set<UserRole> roles = roles(body.roles(), errors);
    errors.throwIfAny();
    Username checkedName = Objects.requireNonNull(name);
    String hash = passwords.hash(Objects.requireNonNull(password), Passwords.Share.LOG_IN);
    return commands.execute(
        request,
        tx ->
            switch (hiring.hire(
                request.caller().accountId(),
                checkedName,
                hash,
                roles,
                request.cause(),
                clock.instant(),
                tx)) {
              case HireStaff.Outcome.Hired(User user) ->
                  Answer.created("/api/users/" + user.login(), UserView.of(user))
                      .recorded(
                          "customers.user.hire",
                          user.login(),
                          Changes.now("roles", roles(user)).and("active", null, true));
              case HireStaff.Outcome.Dismissed _ -> throw dismissed();
              case HireStaff.Outcome.NameTaken _ ->
                  throw Problem.conflict(
                      "username-taken",
                      "The username is taken",
                      "an active user has the username %s".formatted(checkedName.value()));
            });
  }

  @Operation(summary = "List logins")
  @GetMapping
  Page<UserView> list(PageRequest page) {
    List<User> found = transactions.snapshot(tx -> users.staff(page.after(), page.limit() + 1, tx));
    return Page.of(found, page, User::login).map(UserView::of);
  }

  @Operation(
      summary = "Change a login",
      description = "An ended login that becomes active again keeps its password.")
  @Answers(body = UserView.class)
  @RefusesToRemoveAdministrator
  @PutMapping("/{username}")
  ResponseEntity<?> change(
      @PathVariable String username, @RequestBody UserChangeBody body, RequestContext request) {
    String login = username.toLowerCase(Locale.ROOT);
    var errors = new InputErrors();
    Set<UserRole> roles = roles(body.roles(), errors);
    Boolean active = errors.required("/active", body.active());
    errors.throwIfAny();
    boolean nowActive = Objects.requireNonNull(active);
    if (login.equals(request.caller().name()) && !(nowActive && roles.contains(UserRole.ADMIN))) {
      throw ownLogin();
    }
    return commands.execute(
        request,
        tx ->
            switch (changing.change(
                request.caller().accountId(),
                login,
                roles,
                nowActive,
                request.cause(),
                clock.instant(),
                tx)) {
              case ChangeStaff.Outcome.Done(User before, User user) ->
                  Answer.ok(UserView.of(user))
                      .recorded(
                          "customers.user.update",
                          login,
                          Changes.of("roles", roles(before), roles(user))
                              .and("active", before.active(), user.active()));
              case ChangeStaff.Outcome.Unknown _ -> throw Problem.notFound("user", login);
              case ChangeStaff.Outcome.LastAdministrator _ -> throw lastAdministrator(login);
              case ChangeStaff.Outcome.Dismissed _ -> throw dismissed();
            });
  }

  @Operation(summary = "End a login")
  @Answers(status = 204)
  @RefusesToRemoveAdministrator
  @DeleteMapping("/{username}")
  ResponseEntity<?> dismiss(@PathVariable String username, RequestContext request) {
    String login = username.toLowerCase(Locale.ROOT);
    if (login.equals(request.caller().name())) {
      throw ownLogin();
    }
    return commands.execute(
        request,
        tx ->
            switch (changing.dismiss(
                request.caller().accountId(), login, request.cause(), clock.instant(), tx)) {
              case ChangeStaff.Outcome.Done _ ->
                  Answer.noContent()
                      .recorded("customers.user.dismiss", login, Changes.of("active", true, false));
              case ChangeStaff.Outcome.Unknown _ -> throw Problem.notFound("user", login);
              case ChangeStaff.Outcome.LastAdministrator _ -> throw lastAdministrator(login);
              case ChangeStaff.Outcome.Dismissed _ -> throw dismissed();
            });
  }

  private static String roles(User user) {
    return String.join(", ", UserView.of(user).roles());
  }

  private static Problem ownLogin() {
    return Problem.conflict(
        "own-login",
        "Not one's own login",
        "the caller cannot end its own login or stop being an administrator; another administrator"
            + " can do it");
  }

  private static Problem dismissed() {
    return Problem.forbidden("the caller is no administrator any more");
  }

  private static Problem lastAdministrator(String login) {
    return Problem.conflict(
        "last-administrator",
        "The last administrator stays",
        "%s is the last active administrator; make another one first".formatted(login));
  }

  static Set<UserRole> roles(@Nullable List<String> wanted, InputErrors errors) {
    Set<UserRole> roles = EnumSet.noneOf(UserRole.class);
    List<String> named = errors.required("/roles", wanted);
    if (named == null) {
      return roles;
    }
    if (named.isEmpty() || named.size() > UserRole.values().length) {
      errors.add("/roles", "must name 1..3 of admin, operator, warehouse, such as [\"operator\"]");
      return roles;
    }
    for (int i = 0; i < named.size(); i++) {
      String name = named.get(i);
      UserRole role = errors.check("/roles/" + i, () -> UserRole.staff(name));
      if (role != null) {
        roles.add(role);
      }
    }
    return roles;
  }
}
