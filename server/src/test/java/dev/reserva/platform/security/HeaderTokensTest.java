package dev.reserva.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

class HeaderTokensTest {

  private final BearerTokenResolver framework = new DefaultBearerTokenResolver();
  private final BearerTokenResolver ours = new HeaderTokens();

  @Provide
  Arbitrary<String> headers() {
    Arbitrary<String> schemes =
        Arbitraries.of(
            "Bearer ", "bearer ", "BEARER ", "Bearer", "Bearer  ", "Basic ", " Bearer ", "");
    Arbitrary<String> tokens =
        Arbitraries.oneOf(
            Arbitraries.strings().withChars("aZ09-._~+/").ofMaxLength(8),
            Arbitraries.strings().withChars("aZ09-._~+/= ,\t\né").ofMaxLength(8));
    Arbitrary<String> ends = Arbitraries.of("", "=", "==", "\n", " ");
    return Combinators.combine(schemes, tokens, ends)
        .as((scheme, token, end) -> scheme + token + end);
  }

  @Property
  void a_header_is_understood_as_the_framework_does(@ForAll("headers") String header) {
    assertThat(answer(ours, header)).isEqualTo(answer(framework, header));
  }

  @Example
  void without_a_header_there_is_no_token() {
    assertThat(answer(ours, null)).isEqualTo("none").isEqualTo(answer(framework, null));
  }

  @Example
  void a_token_in_a_parameter_is_none() {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    request.setQueryString("access_token=abc");
    request.addParameter("access_token", "abc");

    assertThat(ours.resolve(request)).isNull();
  }

  private static String answer(BearerTokenResolver tokens, @Nullable String header) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    if (header != null) {
      request.addHeader("Authorization", header);
    }
    try {
      String token = tokens.resolve(request);
      return token == null ? "none" : "token " + token;
    } catch (OAuth2AuthenticationException e) {
      return "refused " + e.getError();
    }
  }
}
