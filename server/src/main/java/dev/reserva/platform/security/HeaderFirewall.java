package dev.reserva.platform.security;

import java.util.function.Predicate;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * The framework's firewall, which checks a header each time it is read. A loop accepts printable
 * ASCII; any other text is left to the framework's regular expressions.
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
