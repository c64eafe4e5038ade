package dev.reserva.platform.security;

import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.web.SecurityEvents;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Puts refused tokens, and callers who lack a role, on record. A request without a token is none of
 * these, nor is one for a path that does not exist.
 */
final class AuditedRefusals implements AuthenticationEntryPoint, AccessDeniedHandler {

  private final RefusalProblems refusals;
  private final AuditTrail trail;

  /**
   * @param refusals answers
   */
  AuditedRefusals(RefusalProblems refusals, AuditTrail trail) {
    this.refusals = refusals;
    this.trail = trail;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
      throws IOException {
    refusals.commence(request, response, refused);
    if (refused instanceof OAuth2AuthenticationException token) {
      trail.security(
          SecurityEvents.of(SecurityAction.TOKEN_REFUSED, request)
              .with("reason", token.getError().getErrorCode()));
    }
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
      throws IOException {
    refusals.handle(request, response, refused);
    if (response.getStatus() == HttpStatus.FORBIDDEN.value()) {
      trail.security(
          SecurityEvents.of(SecurityAction.ACCESS_DENIED, request)
              .about(request.getMethod() + " " + request.getRequestURI()));
    }
  }
}
