package dev.reserva.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Tokens of processes, and what they open. */
class ServiceTokensTest {

  private static final String SECRET = "a secret of more than thirty-two bytes";

  private Duration later = Duration.ZERO;
  private final Clock clock =
      ((InstantSource) () -> Instant.now().plus(later)).withZone(ZoneOffset.UTC);
  private final ServiceTokens sales = process(SECRET, "sales");
  private final ServiceTokens customers = process(SECRET, "customers");

  private ServiceTokens process(String secret, String name) {
    return new ServiceTokens(new InstallationSecret(secret), name, clock);
  }

  @Test
  void a_process_with_the_same_secret_knows_the_other_and_gives_it_no_role() {
    KnownToken known = KnownToken.of(customers.decode(sales.issue()));

    assertThat(known.caller().kind()).isEqualTo(Caller.Kind.SERVICE);
    assertThat(known.caller().name()).isEqualTo("service:sales");
    assertThat(known.caller().roles()).isEmpty();
    assertThat(known.caller().isEnrolling()).isFalse();
    assertThat(known.authorities())
        .extracting(GrantedAuthority::getAuthority)
        .containsExactly(Callers.SERVICE);
  }

  @Test
  void a_token_of_another_secret_or_another_kind_or_of_before_is_refused() {
    String stranger = process("another secret of more than thirty-two bytes", "sales").issue();
    String user =
        TestTokens.issue(
            TestTokens.tokens(Duration.ofMinutes(10)), new Caller("ana", Set.of(Role.ADMIN), null));
    String old = sales.issue();

    assertThatThrownBy(() -> customers.decode(stranger)).isInstanceOf(JwtException.class);
    assertThatThrownBy(() -> customers.decode(user)).isInstanceOf(JwtException.class);
    later = Duration.ofMinutes(2);
    assertThatThrownBy(() -> customers.decode(old)).isInstanceOf(JwtException.class);
  }

  @Test
  void a_token_of_a_process_is_no_access_token() {
    JwtDecoder issued = new IssuedTokens(TestTokens.keys(TestTokens.key()), clock);

    assertThatThrownBy(() -> issued.decode(sales.issue())).isInstanceOf(JwtException.class);
  }

  @Test
  void a_route_between_processes_is_opened_by_no_role() {
    Route route = Route.internal(HttpMethod.GET, "/internal/x");

    assertThat(RouteMap.authorities(route)).containsExactly(Callers.SERVICE);
    for (Role role : Role.values()) {
      assertThat(RouteMap.authorities(Route.of(HttpMethod.GET, "/api/x", role)))
          .doesNotContain(Callers.SERVICE);
    }
  }
}
