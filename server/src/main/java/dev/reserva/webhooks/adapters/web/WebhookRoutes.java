package dev.reserva.webhooks.adapters.web;

import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import org.springframework.http.HttpMethod;

/** Who may call what of webhooks. */
public final class WebhookRoutes {

  private WebhookRoutes() {}

  public static Routes all() {
    String one = "/api/webhooks/{id}";
    return Routes.of(
        Route.of(HttpMethod.GET, "/api/webhooks", Role.OPERATOR),
        Route.of(HttpMethod.POST, "/api/webhooks", Role.OPERATOR),
        Route.of(HttpMethod.GET, one, Role.OPERATOR),
        Route.of(HttpMethod.PUT, one, Role.OPERATOR),
        Route.of(HttpMethod.DELETE, one, Role.OPERATOR),
        Route.of(HttpMethod.POST, one + "/rotate-secret", Role.OPERATOR),
        Route.of(HttpMethod.POST, one + "/test", Role.OPERATOR),
        Route.of(HttpMethod.POST, one + "/replay", Role.OPERATOR),
        Route.of(HttpMethod.GET, one + "/replay", Role.OPERATOR),
        Route.of(HttpMethod.GET, one + "/deliveries", Role.OPERATOR),
        Route.of(HttpMethod.POST, "/api/webhooks/deliveries/{id}/redeliver", Role.OPERATOR));
  }
}
