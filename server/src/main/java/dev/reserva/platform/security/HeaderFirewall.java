package dev.reserva.platform.security;

import java.util.function.Predicate;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * The framework's firewall, which looks at a header whenever it is read. Headers of printable ASCII
 * pass at a glance; its patterns judge any other.
 */
final class HeaderFirewall {

  private HeaderFirewall() {}

  static StrictHttpFirewall strict() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowedHeaderNames(printableOr(StrictHttpFirewall.ALLOWED_HEADER_NAMES));
    firewall.setAllowedHeaderValues(printableOr(StrictHttpFirewall.ALLOWED_HEADER_VALUES));
    return firewall;
  }

  private static Predicate<String> printableOr(Predicate<String> pattern) {
    return text -> isPrintableAscii(text) || pattern.test(text);
  }

  private static boolean isPrintableAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }
}
