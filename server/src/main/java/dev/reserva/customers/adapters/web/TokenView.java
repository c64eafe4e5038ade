package dev.reserva.customers.adapters.web;

import dev.reserva.customers.adapters.web.SecondFactorGate.Passage;
import dev.reserva.customers.domain.RefreshToken;
import dev.reserva.customers.domain.User;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Login;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Tokens;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/** The tokens of a session. */
record TokenView(
    String accessToken,
    @Schema(allowableValues = "Bearer") String tokenType,
    @Schema(description = "Seconds until the access token expires.", example = "600")
        long expiresIn,
    @Schema(description = "Exchanges once for new tokens, at `POST /api/auth/refresh`.")
        String refreshToken) {

  /**
   * @param passage what the session allows
   */
  static TokenView of(
      User user, Passage passage, RefreshToken refreshToken, Tokens tokens, Instant now) {
    Login login = login(user, refreshToken);
    return new TokenView(
        tokens.issue(caller(user, passage, login), login, now),
        "Bearer",
        tokens.lifetime().toSeconds(),
        refreshToken.text());
  }

  /** Who holds the tokens. */
  static Caller caller(User user, Passage passage, RefreshToken refreshToken) {
    return caller(user, passage, login(user, refreshToken));
  }

  private static Login login(User user, RefreshToken refreshToken) {
    return new Login(user.id(), user.version(), refreshToken.session());
  }

  /** Who must set up a second factor has no role until then. */
  private static Caller caller(User user, Passage passage, Login login) {
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
    return new Caller(
        Caller.Kind.USER,
        user.publicName(),
        passage == Passage.FULL ? roles : Set.of(),
        user.customerId(),
        login.account(),
        login.session());
  }

  /** Tokens stay out of logs. */
  @Override
  public String toString() {
    return "TokenView[…]";
  }
}
