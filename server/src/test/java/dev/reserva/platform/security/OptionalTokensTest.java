package dev.reserva.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;

class OptionalTokensTest {

  private static final RouteMap ROUTES =
      new RouteMap(
          List.of(
              Route.open(HttpMethod.GET, "/open"),
              Route.open(HttpMethod.POST, "/open"),
              Route.of(HttpMethod.GET, "/closed")));

  private final JwtDecoder revoked =
      token -> {
        throw new BadJwtException("the token was revoked");
      };
  private final JwtDecoder uncheckable =
      token -> {
        throw new UnrevokedTokens.Uncheckable(new Revocations.Unknown(null));
      };

  private static @Nullable String resolved(JwtDecoder decoder, String method, String path) {
    MockHttpServletRequest request = new MockHttpServletRequest(method, path);
    request.addHeader("Authorization", "Bearer abc");
    return new OptionalTokens(new HeaderTokens(), ROUTES, decoder).resolve(request);
  }

  @Test
  void a_revoked_token_is_ignored_on_an_open_route_alone() {
    assertThat(resolved(revoked, "GET", "/open")).isNull();
    assertThat(resolved(revoked, "POST", "/open")).isNull();
    assertThat(resolved(revoked, "GET", "/closed")).isEqualTo("abc");
  }

  @Test
  void a_token_that_cannot_be_checked_is_ignored_for_an_open_read_alone() {
    assertThat(resolved(uncheckable, "GET", "/open")).isNull();
    assertThat(resolved(uncheckable, "POST", "/open")).isEqualTo("abc");
    assertThat(resolved(uncheckable, "GET", "/closed")).isEqualTo("abc");
  }
}
