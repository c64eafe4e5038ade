package dev.reserva.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

class HeaderFirewallTest {

  private final StrictHttpFirewall framework = new StrictHttpFirewall();
  private final StrictHttpFirewall ours = HeaderFirewall.strict();

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(6),
        Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(6),
        Arbitraries.strings().ofMaxLength(6));
  }

  @Property
  void a_header_value_is_accepted_as_by_the_framework(@ForAll("texts") String value) {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    request.addHeader("X-Text", value);

    assertThat(reads(ours, request, "X-Text")).isEqualTo(reads(framework, request, "X-Text"));
  }

  @Property
  void a_header_name_is_accepted_as_by_the_framework(@ForAll("texts") String name) {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");

    assertThat(reads(ours, request, name)).isEqualTo(reads(framework, request, name));
  }

  private static boolean reads(
      StrictHttpFirewall firewall, HttpServletRequest request, String name) {
    try {
      firewall.getFirewalledRequest(request).getHeader(name);
      return true;
    } catch (RequestRejectedException e) {
      return false;
    }
  }
}
