package dev.reserva.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every route that the server publishes, with every role and with none. */
class RoutesAndRolesIT {

  private static final Set<String> ALL = Set.of("admin", "operator", "warehouse", "customer");
  private static final Set<String> STAFF = Set.of("admin", "operator", "warehouse");
  private static final Set<String> OPERATORS = Set.of("admin", "operator");
  private static final Set<String> WAREHOUSE = Set.of("admin", "warehouse");
  private static final Set<String> BUYERS = Set.of("admin", "operator", "customer");
  private static final Set<String> CUSTOMERS = Set.of("admin", "customer");
  private static final Set<String> ADMIN = Set.of("admin");
  private static final Set<String> OPEN = Set.of("open");

  /** The permissions of the contract, repeated here on purpose. */
  static final Map<String, Set<String>> RULES = new LinkedHashMap<>();

  static {
    RULES.put("GET /api/health", OPEN);
    RULES.put("GET /schemas", OPEN);
    RULES.put("GET /schemas/{type}/{version}", OPEN);
    RULES.put("GET /asyncapi.json", OPEN);
    RULES.put("GET /.well-known/jwks.json", OPEN);
    RULES.put("POST /api/auth/token", OPEN);
    RULES.put("POST /api/auth/refresh", OPEN);
    RULES.put("POST /api/auth/logout", ALL);
    RULES.put("POST /api/auth/logout-everywhere", ALL);
    RULES.put("GET /api/auth/sessions", ALL);
    RULES.put("DELETE /api/auth/sessions/{id}", ALL);
    RULES.put("POST /api/auth/password", ALL);
    RULES.put("POST /api/auth/password-reset", OPEN);
    RULES.put("POST /api/auth/password-reset/confirm", OPEN);
    RULES.put("POST /api/auth/verify-email", OPEN);
    RULES.put("GET /api/auth/links", ADMIN);
    RULES.put("POST /api/customers", OPEN);
    RULES.put("POST /api/payments/webhook", OPEN);
    RULES.put("GET /api/inventory/products", OPEN);
    RULES.put("GET /api/inventory/products/{id}", ALL);
    RULES.put("POST /api/users", ADMIN);
    RULES.put("GET /api/users", ADMIN);
    RULES.put("PUT /api/users/{username}", ADMIN);
    RULES.put("DELETE /api/users/{username}", ADMIN);
    RULES.put("GET /api/auth/second-factor", STAFF);
    RULES.put("POST /api/auth/second-factor", STAFF);
    RULES.put("POST /api/auth/second-factor/confirm", STAFF);
    RULES.put("POST /api/auth/second-factor/disable", STAFF);
    RULES.put("POST /api/auth/second-factor/recovery-codes", STAFF);
    RULES.put("DELETE /api/users/{username}/second-factor", ADMIN);
    RULES.put("POST /api/api-keys", ADMIN);
    RULES.put("GET /api/api-keys", ADMIN);
    RULES.put("DELETE /api/api-keys/{id}", ADMIN);
    RULES.put("POST /api/orders", BUYERS);
    RULES.put("POST /api/orders/{id}/submit", BUYERS);
    RULES.put("GET /api/orders", BUYERS);
    RULES.put("GET /api/orders/{id}", BUYERS);
    RULES.put("GET /api/orders/{id}/history", BUYERS);
    RULES.put("GET /api/orders/{id}/timeline", OPERATORS);
    RULES.put("GET /api/orders/stuck", OPERATORS);
    RULES.put("PUT /api/orders/{id}", BUYERS);
    RULES.put("DELETE /api/orders/{id}", BUYERS);
    RULES.put("PUT /api/orders/{id}/status", OPERATORS);
    RULES.put("POST /api/inventory/products", WAREHOUSE);
    RULES.put("PUT /api/inventory/products/{id}", WAREHOUSE);
    RULES.put("POST /api/inventory/products/import", WAREHOUSE);
    RULES.put("GET /api/inventory/products/export", WAREHOUSE);
    RULES.put("PATCH /api/inventory/products/{id}/stock", WAREHOUSE);
    RULES.put("POST /api/inventory/stock/add", WAREHOUSE);
    RULES.put("POST /api/inventory/stock/reserve", WAREHOUSE);
    RULES.put("GET /api/inventory/reservations", STAFF);
    RULES.put("GET /api/inventory/reservations/{id}", STAFF);
    RULES.put("POST /api/inventory/reservations/{id}/confirm", STAFF);
    RULES.put("POST /api/inventory/reservations/{id}/release", STAFF);
    RULES.put("POST /api/inventory/reservations/{id}/extend", STAFF);
    RULES.put("GET /api/inventory/products/{id}/ledger", STAFF);
    RULES.put("GET /api/inventory/products/{id}/stock", STAFF);
    RULES.put("GET /api/inventory/locations", STAFF);
    RULES.put("POST /api/inventory/locations", WAREHOUSE);
    RULES.put("PUT /api/inventory/locations/{code}", WAREHOUSE);
    RULES.put("GET /api/inventory/transfers", STAFF);
    RULES.put("GET /api/inventory/transfers/{id}", STAFF);
    RULES.put("POST /api/inventory/transfers", WAREHOUSE);
    RULES.put("POST /api/inventory/transfers/{id}/receive", WAREHOUSE);
    RULES.put("POST /api/inventory/transfers/{id}/cancel", WAREHOUSE);
    RULES.put("GET /api/inventory/stats", WAREHOUSE);
    RULES.put("GET /api/inventory/low-stock", STAFF);
    RULES.put("POST /api/payments/process", BUYERS);
    RULES.put("GET /api/payments", OPERATORS);
    RULES.put("GET /api/payments/{id}", BUYERS);
    RULES.put("PUT /api/payments/{id}/status", OPERATORS);
    RULES.put("GET /api/payment-reviews", OPERATORS);
    RULES.put("GET /api/payment-reviews/{id}", OPERATORS);
    RULES.put("POST /api/payment-reviews/{id}/decide", OPERATORS);
    RULES.put("GET /api/receivables", OPERATORS);
    RULES.put("GET /api/receivables/ageing", OPERATORS);
    RULES.put("GET /api/receivables/{id}", OPERATORS);
    RULES.put("POST /api/payments/{id}/refund", OPERATORS);
    RULES.put("POST /api/orders/{id}/returns", BUYERS);
    RULES.put("GET /api/orders/{id}/returns", ALL);
    RULES.put("GET /api/returns", ALL);
    RULES.put("GET /api/returns/{id}", ALL);
    RULES.put("POST /api/returns/{id}/approve", STAFF);
    RULES.put("POST /api/returns/{id}/receive", STAFF);
    RULES.put("POST /api/returns/{id}/reject", STAFF);
    RULES.put("GET /api/shipments", STAFF);
    RULES.put("GET /api/shipments/picking-list", STAFF);
    RULES.put("GET /api/shipments/{id}", ALL);
    RULES.put("POST /api/shipments/{id}/dispatch", STAFF);
    RULES.put("POST /api/shipments/{id}/deliver", STAFF);
    RULES.put("GET /api/notifications", BUYERS);
    RULES.put("POST /api/notifications/email", OPERATORS);
    RULES.put("POST /api/notifications/sms", OPERATORS);
    RULES.put("POST /api/notifications/push", OPERATORS);
    RULES.put("GET /api/notifications/devices", CUSTOMERS);
    RULES.put("POST /api/notifications/devices", CUSTOMERS);
    RULES.put("DELETE /api/notifications/devices/{id}", CUSTOMERS);
    RULES.put("GET /api/customers/{id}/notification-preferences", BUYERS);
    RULES.put("PUT /api/customers/{id}/notification-preferences", BUYERS);
    RULES.put("GET /api/notifications/bounces", OPERATORS);
    RULES.put("DELETE /api/notifications/bounces/{id}", OPERATORS);
    RULES.put("GET /api/notifications/templates/{name}", OPERATORS);
    RULES.put("PUT /api/notifications/templates/{name}", OPERATORS);
    RULES.put("DELETE /api/notifications/templates/{name}", OPERATORS);
    RULES.put("POST /api/notifications/templates/{name}/preview", OPERATORS);
    RULES.put("GET /api/webhooks", OPERATORS);
    RULES.put("POST /api/webhooks", OPERATORS);
    RULES.put("GET /api/webhooks/{id}", OPERATORS);
    RULES.put("PUT /api/webhooks/{id}", OPERATORS);
    RULES.put("DELETE /api/webhooks/{id}", OPERATORS);
    RULES.put("POST /api/webhooks/{id}/rotate-secret", OPERATORS);
    RULES.put("POST /api/webhooks/{id}/test", OPERATORS);
    RULES.put("POST /api/webhooks/{id}/replay", OPERATORS);
    RULES.put("GET /api/webhooks/{id}/replay", OPERATORS);
    RULES.put("GET /api/webhooks/{id}/deliveries", OPERATORS);
    RULES.put("POST /api/webhooks/deliveries/{id}/redeliver", OPERATORS);
    RULES.put("GET /api/customers", BUYERS);
    RULES.put("GET /api/customers/{id}", BUYERS);
    RULES.put("GET /api/customers/{id}/export", BUYERS);
    RULES.put("PUT /api/customers/{id}", BUYERS);
    RULES.put("DELETE /api/customers/{id}", BUYERS);
    RULES.put("POST /api/customers/{id}/reactivate", OPERATORS);
    RULES.put("GET /api/stats", OPERATORS);
    RULES.put("GET /api/events", OPERATORS);
    RULES.put("POST /api/events", ADMIN);
    RULES.put("GET /api/dlq", OPERATORS);
    RULES.put("GET /api/dlq/{id}", OPERATORS);
    RULES.put("POST /api/dlq/{id}/retry", OPERATORS);
    RULES.put("POST /api/dlq/retry", OPERATORS);
    RULES.put("DELETE /api/dlq/{id}", OPERATORS);
    RULES.put("POST /api/operations/relay/replay", ADMIN);
    RULES.put("DELETE /api/operations/relay", ADMIN);
    RULES.put("GET /api/integrity", OPERATORS);
    RULES.put("GET /api/topology", OPERATORS);
    RULES.put("GET /api/audit", ADMIN);
  }

  private final Shop admin = SharedServer.get().shop();

  @Test
  void every_published_route_has_a_rule_and_every_rule_a_route() {
    Set<String> published = new TreeSet<>();
    JsonNode paths =
        Shop.anonymous(admin.url()).get("/openapi.json").expect(200).body().path("paths");
    paths
        .properties()
        .forEach(path ->
            path.getValue()
                .propertyNames()
                .forEach(method ->
                    published.add(
                        method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
    assertThat(published).isEqualTo(new TreeSet<>(RULES.keySet()));
  }

  @Test
  void every_route_admits_exactly_the_roles_of_its_rule() {
    Map<String, Shop> callers = callers();
    Map<String, String> wrong = new TreeMap<>();
    RULES.forEach((route, allowed) ->
        callersOf(route, callers)
            .forEach((role, caller) -> {
              int status = call(caller, route).status();
              boolean open = allowed.contains("open");
              boolean admitted = open || allowed.contains(role);
              int refusal = role.equals("nobody") ? 401 : 403;
              boolean asExpected =
                  admitted
                      ? (status != 403 && (status != 401 || open)) && status < 500
                      : status == refusal;
              if (!asExpected) {
                wrong.put(
                    route + " as " + role,
                    (admitted ? "admitted" : "refused") + " expected, was " + status);
              }
            }));
    assertThat(wrong).isEmpty();
  }

  @Test
  void a_path_without_a_route_is_closed_to_everybody() {
    callers()
        .forEach((role, caller) -> {
          for (String path :
              List.of(
                  "/api",
                  "/api/secret",
                  "/actuator",
                  "/actuator/env",
                  "/actuator/heapdump",
                  "/error",
                  "/console",
                  "/v3/api-docs")) {
            assertThat(caller.get(path).status()).as(role + " " + path).isIn(401, 403, 404);
          }
        });
  }

  @Test
  void forged_expired_and_unsigned_tokens_are_refused() {
    String real = token("admin", SharedServer.get().adminPassword());
    String unsigned =
        "eyJhbGciOiJub25lIn0." + real.substring(real.indexOf('.') + 1, real.lastIndexOf('.')) + ".";
    String tampered =
        real.substring(0, real.length() - 4) + (real.endsWith("AAAA") ? "BBBB" : "AAAA");
    for (String bad : List.of("x", "a.b.c", unsigned, tampered)) {
      admin.as(bad).get("/api/orders").expect(401);
    }
    admin.as(real).get("/api/orders").expect(200);
  }

  @Test
  void a_customer_sees_and_moves_only_what_is_its_own() {
    UUID product = admin.product("Private", 10);
    Buyer alice = buyer();
    Buyer bob = buyer();
    UUID order =
        alice
            .shop()
            .post("/api/orders", Map.of("items", List.of(Shop.item(product, 1))))
            .expect(201)
            .id();
    alice.shop().get("/api/orders/" + order).expect(200);
    bob.shop().get("/api/orders/" + order).expect(404);
    bob.shop().get("/api/orders/" + order + "/history").expect(404);
    bob.shop().delete("/api/orders/" + order, null).expect(404);
    bob.shop().place(alice.id(), null, List.of(Shop.item(product, 1))).expect(403);
    bob.shop().get("/api/customers/" + alice.id()).expect(404);
    assertThat(bob.shop().all("/api/customers")).hasSize(1);
    assertThat(bob.shop().all("/api/orders")).isEmpty();
    assertThat(alice.shop().all("/api/orders")).hasSize(1);
    admin.awaitStatus(order, "CONFIRMED");
    assertThat(alice.shop().all("/api/payments?orderId=" + order)).hasSize(1);
    assertThat(bob.shop().all("/api/payments?orderId=" + order)).isEmpty();
  }

  private record Buyer(UUID id, Shop shop) {}

  private Buyer buyer() {
    String email = UUID.randomUUID() + "@example.org";
    UUID id =
        admin
            .post(
                "/api/customers",
                Map.of("name", "Buyer", "email", email, "password", "correct horse battery"))
            .expect(201)
            .id();
    return new Buyer(id, Shop.login(admin.url(), email, "correct horse battery"));
  }

  /** Callers of their own for a route that ends their sessions. */
  private Map<String, Shop> callersOf(String route, Map<String, Shop> otherwise) {
    return route.startsWith("POST /api/auth/logout") ? callers() : otherwise;
  }

  private Map<String, Shop> callers() {
    Map<String, Shop> callers = new LinkedHashMap<>();
    callers.put("nobody", Shop.anonymous(admin.url()));
    for (String role : List.of("admin", "operator", "warehouse")) {
      String name = role + "-" + UUID.randomUUID();
      admin
          .post(
              "/api/users",
              Map.of("username", name, "password", "correct horse battery", "roles", List.of(role)))
          .expect(201);
      callers.put(role, Shop.login(admin.url(), name, "correct horse battery"));
    }
    callers.put("customer", buyer().shop());
    return callers;
  }

  /** Calls a route with unknown ids, so that an admitted call changes nothing. */
  static Shop.Reply call(Shop caller, String route) {
    String method = route.substring(0, route.indexOf(' '));
    String path =
        route
            .substring(route.indexOf(' ') + 1)
            .replace("{id}", UUID.randomUUID().toString())
            .replace("{name}", "order-paid")
            .replace("{username}", "nobody-" + UUID.randomUUID())
            .replace("{code}", "nowhere")
            .replace("{type}", "sales.order.created")
            .replace("{version}", "1");
    boolean file = path.endsWith("/import");
    return caller.send(
        method,
        path,
        method.equals("GET") ? null : file ? "sku" : "{}",
        file ? Map.of("Content-Type", "text/csv") : Map.of());
  }

  private String token(String username, String password) {
    return Shop.anonymous(admin.url())
        .post("/api/auth/token", Map.of("username", username, "password", password))
        .expect(200)
        .text("accessToken");
  }
}
