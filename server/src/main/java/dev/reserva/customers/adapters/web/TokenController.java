package dev.reserva.customers.adapters.web;

import dev.reserva.customers.application.LogIn;
import dev.reserva.customers.domain.User;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Tokens;
import dev.reserva.platform.web.ClientAddress;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/auth/token}: issues a token for a username and a password. */
@Tag(name = "auth", description = "Tokens.")
@RestController
public final class TokenController {

  private static final int MAX_LENGTH = 1_000;

  private final LogIn loggingIn;
  private final LoginLimits limits;
  private final Tokens tokens;
  private final Clock clock;

  public TokenController(LogIn loggingIn, LoginLimits limits, Tokens tokens, Clock clock) {
    this.loggingIn = loggingIn;
    this.limits = limits;
    this.tokens = tokens;
    this.clock = clock;
  }

  record Credentials(
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              example = "admin",
              minLength = 1,
              maxLength = MAX_LENGTH)
          @Nullable String username,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              format = "password",
              example = "correct horse battery",
              minLength = 1,
              maxLength = MAX_LENGTH)
          @Nullable String password) {

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
      return "Credentials[…]";
    }
  }

  record Token(
      String accessToken,
      @Schema(allowableValues = "Bearer") String tokenType,
      @Schema(description = "Seconds.", example = "3600") long expiresIn) {

    @Override
    public String toString() {
      return "Token[…]";
    }
  }

  @Operation(
      summary = "Log in",
      description = "Exchanges a name and a password for a bearer token.")
  @Refuses(
      status = 401,
      type = "bad-credentials",
      when = "no active user has this name and password")
  @Refuses(status = 429, type = "too-many-attempts", when = "there were too many failed attempts")
  @PostMapping("/api/auth/token")
  Token token(@RequestBody Credentials body, HttpServletRequest request) {
    var errors = new InputErrors();
    String username = errors.required("/username", body.username(), TokenController::bounded);
    String password = errors.required("/password", body.password(), TokenController::bounded);
    errors.throwIfAny();
    LoginLimits.Attempt attempt =
        limits.attempt(Objects.requireNonNull(username), ClientAddress.of(request));
    User user =
        loggingIn
            .logIn(username, Objects.requireNonNull(password))
            .orElseThrow(TokenController::refused);
    attempt.succeeded();
    return new Token(
        tokens.issue(caller(user), clock.instant()), "Bearer", tokens.lifetime().toSeconds());
  }

  private static Caller caller(User user) {
    Set<Role> roles =
        user.roles().stream()
            .map(role ->
                switch (role) {
                  case ADMIN -> Role.ADMIN;
                  case OPERATOR -> Role.OPERATOR;
                  case WAREHOUSE -> Role.WAREHOUSE;
                  case CUSTOMER -> Role.CUSTOMER;
                })
            .collect(Collectors.toUnmodifiableSet());
    return new Caller(user.publicName(), roles, user.customerId());
  }

  private static String bounded(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "must have 1..%d characters, had %d".formatted(MAX_LENGTH, text.length()));
    }
    return text;
  }

  private static Problem refused() {
    return new Problem(
            401,
            "bad-credentials",
            "Username or password wrong",
            "no active user has this username and password")
        .withHeader("WWW-Authenticate", "Bearer");
  }
}
