package dev.reserva.gateway;

import dev.reserva.platform.settings.Allowed;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.gateway.*}
 *
 * @param routes where the services run
 * @param connectTimeout of a connection to an instance, 10 ms to 1 min
 * @param responseTimeout how long an instance may send nothing while its answer is awaited, 1 s to
 *     1 h; an order with {@code Prefer: wait} takes up to 30 s
 * @param connectionsPerInstance most requests under way at an instance, 1 to 10,000
 * @param sockets most clients of the live feed, 1 to 10,000
 * @param socketIdleTimeout after so long without a frame the live feed of a client is closed, 1 s
 *     to 1 h
 */
@ConfigurationProperties("reserva.gateway")
public record GatewayProperties(
    @DefaultValue Routes routes,
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("60s") Duration responseTimeout,
    @DefaultValue("512") int connectionsPerInstance,
    @DefaultValue("200") int sockets,
    @DefaultValue("2m") Duration socketIdleTimeout) {

  public GatewayProperties {
    Allowed.range(
        "reserva.gateway.connect-timeout",
        connectTimeout,
        Duration.ofMillis(10),
        Duration.ofMinutes(1));
    Allowed.range(
        "reserva.gateway.response-timeout",
        responseTimeout,
        Duration.ofSeconds(1),
        Duration.ofHours(1));
    Allowed.range("reserva.gateway.connections-per-instance", connectionsPerInstance, 1, 10_000);
    Allowed.range("reserva.gateway.sockets", sockets, 1, 10_000);
    Allowed.range(
        "reserva.gateway.socket-idle-timeout",
        socketIdleTimeout,
        Duration.ofSeconds(1),
        Duration.ofHours(1));
  }

  /** The URLs of the instances of each service; empty for a service that does not run. */
  public record Routes(
      @DefaultValue List<String> sales,
      @DefaultValue List<String> inventory,
      @DefaultValue List<String> financial,
      @DefaultValue List<String> logistics,
      @DefaultValue List<String> customers,
      @DefaultValue List<String> notifications,
      @DefaultValue List<String> webhooks,
      @DefaultValue List<String> operations) {

    public Routes {
      sales = urls("sales", sales);
      inventory = urls("inventory", inventory);
      financial = urls("financial", financial);
      logistics = urls("logistics", logistics);
      customers = urls("customers", customers);
      notifications = urls("notifications", notifications);
      webhooks = urls("webhooks", webhooks);
      operations = urls("operations", operations);
    }

    private static List<String> urls(String service, List<String> urls) {
      for (String url : urls) {
        if (!isBase(url)) {
          throw new IllegalArgumentException(
              "reserva.gateway.routes.%s must be URLs like http://10.0.0.5:8080, separated by commas, was %s"
                  .formatted(service, url));
        }
      }
      if (urls.stream().distinct().count() < urls.size()) {
        throw new IllegalArgumentException(
            "reserva.gateway.routes.%s must name each instance once, was %s"
                .formatted(service, String.join(",", urls)));
      }
      return List.copyOf(urls);
    }

    /** Paths are passed on as they came, so a URL has none. */
    private static boolean isBase(String url) {
      try {
        URI uri = URI.create(url);
        return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
            && uri.getHost() != null
            && uri.getUserInfo() == null
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
      } catch (IllegalArgumentException e) { // no URI
        return false;
      }
    }
  }

  /** The services that run somewhere, with the URLs of their instances. */
  Map<Service, List<URI>> instances() {
    Map<Service, List<URI>> all = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      List<String> urls =
          switch (service) {
            case SALES -> routes.sales();
            case INVENTORY -> routes.inventory();
            case FINANCIAL -> routes.financial();
            case LOGISTICS -> routes.logistics();
            case CUSTOMERS -> routes.customers();
            case NOTIFICATIONS -> routes.notifications();
            case WEBHOOKS -> routes.webhooks();
            case OPERATIONS -> routes.operations();
          };
      if (!urls.isEmpty()) {
        all.put(service, urls.stream().map(URI::create).toList());
      }
    }
    return all;
  }
}
