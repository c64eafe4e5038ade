package dev.reserva.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

class RouteMapTest {

  private static final Route LIST = Route.of(HttpMethod.GET, "/api/stock");
  private static final Route ONE = Route.of(HttpMethod.GET, "/api/stock/{id}");
  private static final Route LOW = Route.of(HttpMethod.GET, "/api/stock/low");
  private static final Route ADJUST = Route.of(HttpMethod.POST, "/api/stock/{id}/adjust");
  private static final Route DOCS = Route.open(HttpMethod.GET, "/docs/{*file}");

  private final RouteMap routes = new RouteMap(List.of(ONE, LIST, ADJUST, DOCS, LOW));

  @Test
  void the_most_specific_route_that_fits_is_found() {
    assertThat(get("/api/stock")).contains(LIST);
    assertThat(get("/api/stock/low")).contains(LOW);
    assertThat(get("/api/stock/lower")).contains(ONE);
    assertThat(get("/api/stock/%6cow")).contains(LOW);
    assertThat(get("/docs/a/b.css")).contains(DOCS);
    assertThat(routes.at(HttpMethod.POST, "/api/stock/7/adjust")).contains(ADJUST);
  }

  @Test
  void head_is_answered_where_get_is() {
    assertThat(routes.at(HttpMethod.HEAD, "/api/stock")).contains(LIST);
    assertThat(routes.at(HttpMethod.HEAD, "/api/stock/7")).contains(ONE);
    assertThat(routes.at(HttpMethod.HEAD, "/api/stock/7/adjust")).isEmpty();
  }

  @Test
  void a_path_without_a_route_is_not_found() {
    assertThat(get("/api/stock/")).isEmpty();
    assertThat(get("/api/stock/7/adjust")).isEmpty();
    assertThat(get("/api/Stock")).isEmpty();
    assertThat(get("/")).isEmpty();
    assertThat(routes.at(HttpMethod.DELETE, "/api/stock")).isEmpty();
    assertThat(routes.at(HttpMethod.valueOf("BREW"), "/api/stock")).isEmpty();
  }

  private Optional<Route> get(String path) {
    return routes.at(HttpMethod.GET, path);
  }
}
