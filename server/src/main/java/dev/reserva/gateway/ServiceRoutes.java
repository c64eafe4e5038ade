package dev.reserva.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which service has a path. A prefix stands for itself and all paths below it. Whatever is not
 * named here is never passed on, such as {@code /internal} and {@code /actuator}.
 *
 * <p>A path is compared as it came, and passed on as it came. A path that can be read in two ways
 * has no service: the process behind the gateway may read it differently.
 */
final class ServiceRoutes {

  /** What is held about a customer, by all services: operations asks them. */
  private static final Pattern EXPORT = Pattern.compile("/api/customers/[^/]+/export");

  /** What all services know of orders: operations asks them. */
  private static final Pattern TIMELINE = Pattern.compile("/api/orders/([^/]+/timeline|stuck)");

  private static final Pattern PREFERENCES =
      Pattern.compile("/api/customers/[^/]+/notification-preferences");

  private static final Map<String, Service> PREFIXES = new LinkedHashMap<>();

  static {
    PREFIXES.put("/api/orders", Service.SALES);
    PREFIXES.put("/api/inventory", Service.INVENTORY);
    PREFIXES.put("/api/payments", Service.FINANCIAL);
    PREFIXES.put("/api/payment-reviews", Service.FINANCIAL);
    PREFIXES.put("/api/receivables", Service.FINANCIAL);
    PREFIXES.put("/api/returns", Service.SALES);
    PREFIXES.put("/api/shipments", Service.LOGISTICS);
    PREFIXES.put("/api/customers", Service.CUSTOMERS);
    PREFIXES.put("/api/auth", Service.CUSTOMERS);
    PREFIXES.put("/api/users", Service.CUSTOMERS);
    PREFIXES.put("/api/api-keys", Service.CUSTOMERS);
    PREFIXES.put("/.well-known/jwks.json", Service.CUSTOMERS);
    PREFIXES.put("/api/notifications", Service.NOTIFICATIONS);
    PREFIXES.put("/unsubscribe", Service.NOTIFICATIONS);
    PREFIXES.put("/api/webhooks", Service.WEBHOOKS);
    PREFIXES.put("/api/health", Service.OPERATIONS);
    PREFIXES.put("/api/stats", Service.OPERATIONS);
    PREFIXES.put("/api/events", Service.OPERATIONS);
    PREFIXES.put("/api/dlq", Service.OPERATIONS);
    PREFIXES.put("/api/operations", Service.OPERATIONS);
    PREFIXES.put("/api/integrity", Service.OPERATIONS);
    PREFIXES.put("/api/topology", Service.OPERATIONS);
    PREFIXES.put("/api/audit", Service.OPERATIONS);
    PREFIXES.put("/schemas", Service.OPERATIONS);
    PREFIXES.put("/asyncapi.json", Service.OPERATIONS);
    PREFIXES.put("/ws/dashboard", Service.OPERATIONS);
  }

  /** The pages that show the API. They are the same in each process. */
  private static final List<String> OF_EACH_PROCESS =
      List.of("/docs", "/swagger-ui", "/openapi.json/swagger-config");

  /** Operations first, which also has the other documents. */
  private static final List<Service> ALL =
      List.of(
          Service.OPERATIONS,
          Service.CUSTOMERS,
          Service.SALES,
          Service.INVENTORY,
          Service.FINANCIAL,
          Service.LOGISTICS,
          Service.NOTIFICATIONS,
          Service.WEBHOOKS);

  /**
   * Dot segments, empty segments, parameters of segments, and encoded slashes, dots, percent signs
   * and control characters.
   */
  private static final Pattern AMBIGUOUS =
      Pattern.compile("//|;|\\\\|/\\.{1,2}(/|$)|%(2f|5c|2e|3b|25|[01][0-9a-f]|7f)");

  private ServiceRoutes() {}

  /**
   * The services that have a path; more than one if each of them answers the same.
   *
   * @param path as it came, without the query
   * @return empty if no service has it
   */
  static List<Service> at(String path) {
    if (AMBIGUOUS.matcher(path.toLowerCase(Locale.ROOT)).find()) {
      return List.of();
    }
    if (OF_EACH_PROCESS.stream().anyMatch(prefix -> covers(prefix, path))) {
      return ALL;
    }
    if (EXPORT.matcher(path).matches() || TIMELINE.matcher(path).matches()) {
      return List.of(Service.OPERATIONS);
    }
    if (PREFERENCES.matcher(path).matches()) {
      return List.of(Service.NOTIFICATIONS);
    }
    return PREFIXES.entrySet().stream()
        .filter(entry -> covers(entry.getKey(), path))
        .map(Map.Entry::getValue)
        .findFirst()
        .map(List::of)
        .orElse(List.of());
  }

  private static boolean covers(String prefix, String path) {
    return path.startsWith(prefix)
        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }
}
