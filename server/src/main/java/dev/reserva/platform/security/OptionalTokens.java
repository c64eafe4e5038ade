package dev.reserva.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;

/**
 * Ignores an invalid token on an open route: a client that logs in again may still send the old
 * one.
 */
final class OptionalTokens implements BearerTokenResolver {

  private final BearerTokenResolver tokens;
  private final RouteMap routes;
  private final JwtDecoder decoder;

  /**
   * @param decoder caches valid tokens, so that the check here does not verify them twice
   */
  OptionalTokens(BearerTokenResolver tokens, RouteMap routes, JwtDecoder decoder) {
    this.tokens = tokens;
    this.routes = routes;
    this.decoder = decoder;
  }

  @Override
  public @Nullable String resolve(HttpServletRequest request) {
    String token;
    try {
      token = tokens.resolve(request);
    } catch (OAuth2AuthenticationException e) {
      if (isOpen(request)) {
        return null;
      }
      throw e;
    }
    return token == null || isUsable(token, request) || !isOpen(request) ? token : null;
  }

  private boolean isUsable(String token, HttpServletRequest request) {
    try {
      decoder.decode(token);
      return true;
    } catch (UnrevokedTokens.Uncheckable e) {
      // A read such as the health may be answered to anybody. Anything else may depend on who asks,
      // and is refused for now.
      return !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
    } catch (JwtException e) {
      return false;
    }
  }

  private boolean isOpen(HttpServletRequest request) {
    return routes
        .at(HttpMethod.valueOf(request.getMethod()), request.getRequestURI())
        .filter(Route::open)
        .isPresent();
  }
}
