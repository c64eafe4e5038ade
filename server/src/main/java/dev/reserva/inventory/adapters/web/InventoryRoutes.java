package dev.reserva.inventory.adapters.web;

import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.web.LargeBodies;
import dev.reserva.platform.web.Uploads;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/** Who may call what of inventory. */
public final class InventoryRoutes {

  private static final String IMPORT = "/api/inventory/products/import";

  /** 100,000 lines of some 300 characters. */
  private static final long MOST_BYTES = 32L * 1024 * 1024;

  private InventoryRoutes() {}

  /**
   * The product list is open to everybody; products, stock and its statistics are the warehouse's;
   * reservations and what runs low the operators' as well.
   */
  public static Routes all() {
    return Routes.of(
        Route.open(HttpMethod.GET, "/api/inventory/products"),
        Route.of(
            HttpMethod.GET,
            "/api/inventory/products/{id}",
            Role.WAREHOUSE,
            Role.OPERATOR,
            Role.CUSTOMER),
        Route.of(
            HttpMethod.GET, "/api/inventory/products/{id}/ledger", Role.WAREHOUSE, Role.OPERATOR),
        Route.of(
            HttpMethod.GET, "/api/inventory/products/{id}/stock", Role.WAREHOUSE, Role.OPERATOR),
        Route.of(HttpMethod.GET, "/api/inventory/locations", Role.WAREHOUSE, Role.OPERATOR),
        Route.of(HttpMethod.POST, "/api/inventory/locations", Role.WAREHOUSE),
        Route.of(HttpMethod.PUT, "/api/inventory/locations/{code}", Role.WAREHOUSE),
        Route.of(HttpMethod.GET, "/api/inventory/transfers", Role.WAREHOUSE, Role.OPERATOR),
        Route.of(HttpMethod.GET, "/api/inventory/transfers/{id}", Role.WAREHOUSE, Role.OPERATOR),
        Route.of(HttpMethod.POST, "/api/inventory/transfers", Role.WAREHOUSE),
        Route.of(HttpMethod.POST, "/api/inventory/transfers/{id}/receive", Role.WAREHOUSE),
        Route.of(HttpMethod.POST, "/api/inventory/transfers/{id}/cancel", Role.WAREHOUSE),
        Route.of(HttpMethod.POST, "/api/inventory/products", Role.WAREHOUSE),
        Route.of(HttpMethod.PUT, "/api/inventory/products/{id}", Role.WAREHOUSE),
        Route.of(HttpMethod.POST, IMPORT, Role.WAREHOUSE),
        Route.of(HttpMethod.GET, "/api/inventory/products/export", Role.WAREHOUSE),
        Route.of(HttpMethod.PATCH, "/api/inventory/products/{id}/stock", Role.WAREHOUSE),
        Route.of(HttpMethod.POST, "/api/inventory/stock/add", Role.WAREHOUSE),
        Route.of(HttpMethod.POST, "/api/inventory/stock/reserve", Role.WAREHOUSE),
        Route.of(HttpMethod.GET, "/api/inventory/reservations", Role.WAREHOUSE, Role.OPERATOR),
        Route.of(HttpMethod.GET, "/api/inventory/reservations/{id}", Role.WAREHOUSE, Role.OPERATOR),
        Route.of(
            HttpMethod.POST,
            "/api/inventory/reservations/{id}/confirm",
            Role.WAREHOUSE,
            Role.OPERATOR),
        Route.of(
            HttpMethod.POST,
            "/api/inventory/reservations/{id}/release",
            Role.WAREHOUSE,
            Role.OPERATOR),
        Route.of(
            HttpMethod.POST,
            "/api/inventory/reservations/{id}/extend",
            Role.WAREHOUSE,
            Role.OPERATOR),
        Route.of(HttpMethod.GET, "/api/inventory/stats", Role.WAREHOUSE),
        Route.of(HttpMethod.GET, "/api/inventory/low-stock", Role.WAREHOUSE, Role.OPERATOR));
  }

  public static Uploads uploads() {
    return Uploads.of(
        new Uploads.Of(
            HttpMethod.POST,
            IMPORT,
            MediaType.parseMediaType(ProductFilesController.CSV),
            MOST_BYTES));
  }

  public static LargeBodies largeBodies() {
    return LargeBodies.of(LargeBodies.at(HttpMethod.POST, "/api/inventory/stock/reserve"));
  }
}
