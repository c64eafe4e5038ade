package dev.reserva.platform.settings;

import dev.reserva.contracts.Text;
import java.net.URI;
import java.net.URISyntaxException;

/** Refuses addresses of providers to which secrets would go unprotected. */
public final class ProviderUrl {

  private static final String LOOPBACK = "127.0.0.1";

  private ProviderUrl() {}

  /** Of an API: {@code https://<host>} without a path; plain HTTP on this machine only. */
  public static void checkBase(String property, String url) {
    if (!isSafe(url, false)) {
      throw new IllegalArgumentException(
          "%s must be https://<host> without a path, or http:// on the loopback address, was \"%s\""
              .formatted(property, Text.excerpt(url)));
    }
  }

  /** Of one resource: as a base, with a path. */
  public static void checkResource(String property, String url) {
    if (!isSafe(url, true)) {
      throw new IllegalArgumentException(
          "%s must be https://<host>/<path>, or http:// on the loopback address, was \"%s\""
              .formatted(property, Text.excerpt(url)));
    }
  }

  private static boolean isSafe(String url, boolean path) {
    try {
      URI uri = new URI(url);
      return uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && (path || uri.getPath().isEmpty())
          && ("https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme()) && uri.getHost().equals(LOOPBACK)));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
