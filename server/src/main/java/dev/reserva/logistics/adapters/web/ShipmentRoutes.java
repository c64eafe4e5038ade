package dev.reserva.logistics.adapters.web;

import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.web.LargeBodies;
import org.springframework.http.HttpMethod;

/** Who may call what of logistics. */
public final class ShipmentRoutes {

  private ShipmentRoutes() {}

  /** Shipments are the warehouse's and the operators'. A customer looks at those of own orders. */
  public static Routes all() {
    return Routes.of(
        Route.of(HttpMethod.GET, "/api/shipments", Role.WAREHOUSE, Role.OPERATOR, Role.CUSTOMER),
        Route.of(HttpMethod.GET, "/api/shipments/picking-list", Role.WAREHOUSE, Role.OPERATOR),
        Route.of(
            HttpMethod.GET, "/api/shipments/{id}", Role.WAREHOUSE, Role.OPERATOR, Role.CUSTOMER),
        Route.of(HttpMethod.POST, "/api/shipments/{id}/dispatch", Role.WAREHOUSE, Role.OPERATOR),
        Route.of(HttpMethod.POST, "/api/shipments/{id}/deliver", Role.WAREHOUSE, Role.OPERATOR));
  }

  public static LargeBodies largeBodies() {
    return LargeBodies.of(LargeBodies.at(HttpMethod.POST, "/api/shipments/{id}/dispatch"));
  }
}
