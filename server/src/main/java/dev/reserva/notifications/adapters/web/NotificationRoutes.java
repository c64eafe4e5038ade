package dev.reserva.notifications.adapters.web;

import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.web.Forms;
import org.springframework.http.HttpMethod;

/** Who may call what of notifications. */
public final class NotificationRoutes {

  private static final String PREFERENCES = "/api/customers/{id}/notification-preferences";

  private NotificationRoutes() {}

  /** Links of mails are posted as mail programs post forms. */
  public static Forms forms() {
    return Forms.of(UnsubscribeController.PATH);
  }

  /** Operators write. A customer looks at what it was sent itself, and has devices. */
  public static Routes all() {
    return Routes.of(
        Route.of(HttpMethod.GET, "/api/notifications", Role.OPERATOR, Role.CUSTOMER),
        Route.of(HttpMethod.POST, "/api/notifications/email", Role.OPERATOR),
        Route.of(HttpMethod.POST, "/api/notifications/sms", Role.OPERATOR),
        Route.of(HttpMethod.POST, "/api/notifications/push", Role.OPERATOR),
        Route.of(HttpMethod.GET, "/api/notifications/devices", Role.CUSTOMER),
        Route.of(HttpMethod.POST, "/api/notifications/devices", Role.CUSTOMER),
        Route.of(HttpMethod.DELETE, "/api/notifications/devices/{id}", Role.CUSTOMER),
        Route.of(HttpMethod.GET, PREFERENCES, Role.OPERATOR, Role.CUSTOMER),
        Route.of(HttpMethod.PUT, PREFERENCES, Role.OPERATOR, Role.CUSTOMER),
        Route.open(HttpMethod.GET, UnsubscribeController.PATH),
        Route.open(HttpMethod.POST, UnsubscribeController.PATH),
        Route.of(HttpMethod.GET, "/api/notifications/bounces", Role.OPERATOR),
        Route.of(HttpMethod.DELETE, "/api/notifications/bounces/{id}", Role.OPERATOR),
        Route.of(HttpMethod.GET, "/api/notifications/templates/{name}", Role.OPERATOR),
        Route.of(HttpMethod.PUT, "/api/notifications/templates/{name}", Role.OPERATOR),
        Route.of(HttpMethod.DELETE, "/api/notifications/templates/{name}", Role.OPERATOR),
        Route.of(HttpMethod.POST, "/api/notifications/templates/{name}/preview", Role.OPERATOR));
  }
}
