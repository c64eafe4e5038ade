package dev.reserva.platform.web;

import dev.reserva.platform.security.RouteMap;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpMethod;

/** Finds the routes that take a file, and limits how many files are received at a time. */
final class UploadRoutes {

  static final String ATTRIBUTE = UploadRoutes.class.getName();

  /** Each holds a temporary file and a thread. */
  private static final int MOST_AT_ONCE = 4;

  private final RouteMap routes;
  private final Map<LargeBodies.Of, Uploads.Of> declared = new HashMap<>();
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  UploadRoutes(RouteMap routes, List<Uploads> uploads) {
    this.routes = routes;
    uploads.stream()
        .flatMap(some -> some.routes().stream())
        .forEach(of -> declared.put(LargeBodies.at(of.method(), of.pattern()), of));
  }

  /** What the request's route takes; empty if it takes no file. */
  Optional<Uploads.Of> of(HttpServletRequest request) {
    return routes
        .at(HttpMethod.valueOf(request.getMethod()), request.getRequestURI())
        .map(route -> declared.get(LargeBodies.at(route.method(), route.pattern())));
  }

  boolean enter() {
    return places.tryAcquire();
  }

  void leave() {
    places.release();
  }
}
