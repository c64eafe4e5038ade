package dev.reserva.webhooks.domain;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The URLs that an endpoint may have. A name is resolved and checked at each connection; an address
 * in the URL is refused here already.
 *
 * @param http whether plain HTTP is allowed
 */
public record UrlRules(boolean http, Set<Integer> ports, AddressRules addresses) {

  /** What reads as an address, in any of the forms that resolvers accept. */
  private static final Pattern NUMERIC = Pattern.compile("\\[.*]|[0-9.]+|0[xX][0-9a-fA-F.xX]*");

  public UrlRules {
    ports = Set.copyOf(ports);
  }

  /**
   * The URL as it is to be called.
   *
   * @throws IllegalArgumentException with what is allowed
   */
  public URI check(String text) {
    if (text.length() > Endpoint.MAX_URL) {
      throw new IllegalArgumentException(
          "must have at most %d characters, had %d".formatted(Endpoint.MAX_URL, text.length()));
    }
    URI url = parsed(text);
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !(http && scheme.equals("http"))) {
      throw new IllegalArgumentException(
          "must begin with %s".formatted(http ? "https:// or http://" : "https://"));
    }
    if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "must have a host, and neither a user nor a fragment, such as https://shop.example/hooks");
    }
    int port = port(url, scheme);
    if (!ports.contains(port)) {
      throw new IllegalArgumentException(
          "must have one of the ports %s, had %d"
              .formatted(ports.stream().sorted().toList(), port));
    }
    if (NUMERIC.matcher(url.getHost()).matches()) {
      requireAllowed(url.getHost());
    }
    return url;
  }

  private static int port(URI url, String scheme) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return scheme.equals("https") ? 443 : 80;
  }

  private static URI parsed(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be a URL like https://shop.example/hooks", e);
    }
  }

  private void requireAllowed(String host) {
    InetAddress address;
    try {
      address =
          InetAddress.ofLiteral(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must name its host by a name or a plain address", e);
    }
    if (!addresses.allows(address)) {
      throw new IllegalArgumentException("must not lead to an address that is not public");
    }
  }
}
