package dev.reserva.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/**
 * Takes a bearer token from the header {@code Authorization} only. A loop checks a header of the
 * usual form; any other header is left to the framework's regular expression.
 */
final class HeaderTokens implements BearerTokenResolver {

  private static final String SCHEME = "Bearer ";

  /** Of RFC 6750's b64token, apart from the padding that no JWT has. */
  private static final BitSet TOKEN_CHARACTERS = new BitSet();

  static {
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~+/"
        .chars()
        .forEach(TOKEN_CHARACTERS::set);
  }

  private final BearerTokenResolver otherwise = new DefaultBearerTokenResolver();

  @Override
  public @Nullable String resolve(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      return null;
    }
    return isUsual(header) ? header.substring(SCHEME.length()) : otherwise.resolve(request);
  }

  private static boolean isUsual(String header) {
    if (!header.startsWith(SCHEME) || header.length() == SCHEME.length()) {
      return false;
    }
    for (int i = SCHEME.length(); i < header.length(); i++) {
      if (!TOKEN_CHARACTERS.get(header.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
