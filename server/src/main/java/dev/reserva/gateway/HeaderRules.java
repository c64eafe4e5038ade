package dev.reserva.gateway;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which headers pass the gateway (RFC 9110, 7.6.1). */
final class HeaderRules {

  /** Added to {@code Via} in both directions. */
  static final String VIA = "1.1 reserva-gateway";

  /** Of one connection only. */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** The gateway writes them itself, or has done what they ask for. */
  private static final Set<String> REPLACED_IN_REQUESTS =
      Set.of("host", "content-length", "expect", "forwarded", "via", "x-correlation-id");

  private static final Set<String> REPLACED_IN_ANSWERS = Set.of("content-length", "via");

  /** Any client can write them, and the gateway writes those that are true. */
  private static final String FORWARDED = "x-forwarded-";

  private static final String OF_A_HANDSHAKE = "sec-websocket-";

  private HeaderRules() {}

  /**
   * @param connection the values of the request's {@code Connection}, which name further headers of
   *     the connection
   */
  static boolean passesToServices(String name, Set<String> connection) {
    String lower = name.toLowerCase(Locale.ROOT);
    return passes(lower, connection)
        && !REPLACED_IN_REQUESTS.contains(lower)
        && !lower.startsWith(FORWARDED);
  }

  /** The same for the handshake of a WebSocket. The gateway has checked its origin. */
  static boolean passesInHandshake(String name, Set<String> connection) {
    String lower = name.toLowerCase(Locale.ROOT);
    return passesToServices(name, connection)
        && !lower.startsWith(OF_A_HANDSHAKE)
        && !lower.equals("origin");
  }

  /**
   * @param connection the values of the answer's {@code Connection}
   */
  static boolean passesToClients(String name, Set<String> connection) {
    String lower = name.toLowerCase(Locale.ROOT);
    return passes(lower, connection) && !REPLACED_IN_ANSWERS.contains(lower);
  }

  private static boolean passes(String lower, Set<String> connection) {
    return !HOP_BY_HOP.contains(lower) && !connection.contains(lower);
  }

  /** The names in {@code Connection}, in lower case. */
  static Set<String> namedBy(List<String> connection) {
    Set<String> names = new HashSet<>();
    for (String value : connection) {
      for (String name : value.split(",", -1)) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }
}
