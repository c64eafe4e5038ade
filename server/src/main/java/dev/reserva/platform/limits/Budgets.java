package dev.reserva.platform.limits;

import dev.reserva.platform.security.Caller;
import dev.reserva.platform.web.ClientAddress;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which budget a request is taken from: that of its caller, or, without a token, that of its
 * address. Reads and writes have separate ones, and so have registrations together with requests to
 * reset a password. Checks of the server's health are free, so that no flood makes a server look
 * dead, and so are requests of other processes of this system.
 */
final class Budgets {

  /** A burst of so many seconds' worth may come at once. */
  private static final Duration BURST = Duration.ofSeconds(10);

  /** Each makes a password's worth of work, or a mail to somebody who may not want it. */
  private static final Set<String> SIGN_UPS = Set.of("/api/customers", "/api/auth/password-reset");

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
      return new Share(staffRequests, caller.namespace());
    }
    if (isHealth(path) || caller.kind() == Caller.Kind.SERVICE) {
      return null;
    }
    boolean reads = reads(request.getMethod());
    if (!reads && SIGN_UPS.contains(path)) {
      return new Share(signUps, ClientAddress.of(request).network());
    }
    return caller.kind() == Caller.Kind.ANONYMOUS
        ? new Share(reads ? anonymousReads : anonymousWrites, ClientAddress.of(request).network())
        : new Share(reads ? customerReads : customerWrites, caller.namespace());
  }

  private static boolean reads(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  private static boolean isHealth(String path) {
    return path.equals("/api/health") || path.startsWith("/actuator/health");
  }
}
