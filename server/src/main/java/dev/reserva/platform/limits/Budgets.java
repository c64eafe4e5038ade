package dev.reserva.platform.limits;

import dev.reserva.platform.security.Caller;
import dev.reserva.platform.web.ClientAddress;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which budget a request is taken from: that of its caller, or, without a token, that of its
 * address. Reads and writes have separate ones, and so have registrations. Checks of the server's
 * health are free, so that no flood makes a server look dead.
 */
final class Budgets {

  /** A burst of so many seconds' worth may come at once. */
  private static final Duration BURST = Duration.ofSeconds(10);

  private static final String SIGN_UP = "/api/customers";

  private final Budget signUps;
  private final Budget anonymousReads;
  private final Budget anonymousWrites;
  private final Budget customerReads;
  private final Budget customerWrites;
  private final Budget staffRequests;

  Budgets(LimitProperties limits, TimeMeter meter) {
    this.signUps = new Budget("sign-ups", limits.signUps(), Duration.ofHours(1), meter);
    this.anonymousReads = perSecond("anonymous-reads", limits.anonymousReads(), meter);
    this.anonymousWrites = perSecond("anonymous-writes", limits.anonymousWrites(), meter);
    this.customerReads = perSecond("customer-reads", limits.customerReads(), meter);
    this.customerWrites = perSecond("customer-writes", limits.customerWrites(), meter);
    this.staffRequests = perSecond("staff-requests", limits.staffRequests(), meter);
  }

  private static Budget perSecond(String name, long rate, TimeMeter meter) {
    return new Budget(name, rate * BURST.toSeconds(), BURST, meter);
  }

  /** A budget and whose part of it is used. */
  record Share(Budget budget, String of) {}

  /** The share that a request uses; absent if it is free. */
  @Nullable Share of(HttpServletRequest request, Caller caller) {
    String path = request.getRequestURI();
    if (caller.isStaff()) {
      return new Share(staffRequests, caller.name());
    }
    if (isHealth(path)) {
      return null;
    }
    boolean reads = reads(request.getMethod());
    if (!reads && path.equals(SIGN_UP)) {
      return new Share(signUps, ClientAddress.of(request).network());
    }
    return caller.equals(Caller.ANONYMOUS)
        ? new Share(reads ? anonymousReads : anonymousWrites, ClientAddress.of(request).network())
        : new Share(reads ? customerReads : customerWrites, caller.name());
  }

  private static boolean reads(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  private static boolean isHealth(String path) {
    return path.equals("/api/health") || path.startsWith("/actuator/health");
  }
}
