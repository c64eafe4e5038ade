package dev.reserva.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from: the other end of the connection, or what a proxy says that is trusted
 * by {@code reserva.http.trusted-proxies}. No other header or setting changes it.
 *
 * @param text an IPv4 or IPv6 address, such as {@code 203.0.113.7}
 */
public record ClientAddress(String text) {

  private static final String ATTRIBUTE = ClientAddress.class.getName();

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  /** The holder of an IPv6 address has at least a whole /64. */
  private static final int NETWORK_BYTES = 8;

  /** The address of a request's client. */
  public static ClientAddress of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof ClientAddress known
        ? known
        : new ClientAddress(request.getRemoteAddr());
  }

  public static ClientAddress of(InetAddress address) {
    return new ClientAddress(withoutZone(address.getHostAddress()));
  }

  /** From here on {@link #of(HttpServletRequest)} answers this address. */
  void keepIn(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /**
   * What is counted as one client by limits: an IPv4 address, or the /64 network of an IPv6
   * address.
   */
  public String network() {
    if (text.indexOf(':') < 0) {
      return text;
    }
    return literal(text) instanceof Inet6Address address
        ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES)
        : text;
  }

  /** The address that a text stands for, without asking any name server; absent if it is none. */
  static @Nullable InetAddress literal(String text) {
    if (text.indexOf(':') < 0 && !IPV4.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(withoutZone(text));
    } catch (IllegalArgumentException e) { // no address
      return null;
    }
  }

  /** The zone of a link-local address names an interface of this machine. */
  private static String withoutZone(String text) {
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  @Override
  public String toString() {
    return text;
  }
}
