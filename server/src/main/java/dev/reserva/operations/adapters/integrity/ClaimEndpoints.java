package dev.reserva.operations.adapters.integrity;

import dev.reserva.operations.adapters.integrity.DatabaseClaims.Claims;
import dev.reserva.operations.application.SystemBooks.DatabaseKeys;
import dev.reserva.platform.integrity.OrderClaims.Sold.Order;
import dev.reserva.platform.web.InputErrors;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /internal/operations/claims}: what the integrity check of another process needs to know of
 * the orders of this database.
 */
@Hidden
@RestController
public final class ClaimEndpoints {

  public static final String SERVICES = "/internal/operations/services";
  public static final String ORDERS = "/internal/operations/claims/orders";
  public static final String ABOUT = "/internal/operations/claims";
  public static final String KEYS = "/internal/operations/claims/keys";

  /** Most orders of one request. */
  static final int MOST = 1_000;

  private final DatabaseClaims claims;

  public ClaimEndpoints(DatabaseClaims claims) {
    this.claims = claims;
  }

  /** Which services run on this database. */
  record Services(Set<String> services) {}

  record Orders(List<Order> orders) {}

  /** Ids of orders, which are keys of events as well. */
  record Ids(@Nullable List<UUID> ids) {}

  @GetMapping(SERVICES)
  Services services() {
    return new Services(claims.services());
  }

  @GetMapping(ORDERS)
  Orders orders(@RequestParam(required = false) @Nullable UUID after, @RequestParam int limit) {
    InputErrors errors = new InputErrors();
    if (limit < 1 || limit > MOST) {
      errors.add("?limit", "must be 1..%d, was %d".formatted(MOST, limit));
    }
    errors.throwIfAny();
    return new Orders(claims.orders(after, limit));
  }

  @PostMapping(ABOUT)
  Claims about(@RequestBody Ids body) {
    return claims.about(ids(body));
  }

  @PostMapping(KEYS)
  DatabaseKeys keys(@RequestBody Ids body) {
    return claims.keys(ids(body));
  }

  private static List<UUID> ids(Ids body) {
    InputErrors errors = new InputErrors();
    List<UUID> ids = errors.required("/ids", body.ids());
    if (ids != null && ids.size() > MOST) {
      errors.add("/ids", "must have at most %d ids, had %d".formatted(MOST, ids.size()));
    }
    errors.throwIfAny();
    return Objects.requireNonNull(ids);
  }
}
