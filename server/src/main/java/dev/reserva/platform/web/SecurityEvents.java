package dev.reserva.platform.web;

import dev.reserva.platform.audit.Actor;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.audit.SecurityEvent;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Callers;
import jakarta.servlet.http.HttpServletRequest;

/** Makes security events of requests, with their caller, address and correlation. */
public final class SecurityEvents {

  private SecurityEvents() {}

  /** An event of the request's own caller. */
  public static SecurityEvent of(SecurityAction action, HttpServletRequest request) {
    return of(action, request, Callers.current());
  }

  /** An event of the request's own caller, for a controller. */
  public static SecurityEvent of(SecurityAction action, RequestContext request) {
    return SecurityEvent.of(action, request.actor(), request.cause());
  }

  /** An event of a caller that the request does not name, such as one who logs in. */
  public static SecurityEvent of(SecurityAction action, HttpServletRequest request, Caller caller) {
    return SecurityEvent.of(
        action, Actor.of(caller, addressOf(request)), CorrelationFilter.causeOf(request));
  }

  /** The network address of the client, behind trusted proxies too. */
  static String addressOf(HttpServletRequest request) {
    return ClientAddress.of(request).text();
  }
}
