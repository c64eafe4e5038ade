package dev.reserva.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import org.springframework.web.filter.ForwardedHeaderFilter;

/**
 * Reads the client's address from {@code X-Forwarded-For} if the peer is a trusted proxy, and then
 * removes all forwarding headers, which any client can set. Nothing behind this filter sees them,
 * and the framework fails if it cannot parse them.
 */
final class ForwardingHeaders extends ForwardedHeaderFilter {

  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final TrustedProxies proxies;

  ForwardingHeaders(TrustedProxies proxies) {
    this.proxies = proxies;
    setRemoveOnly(true);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!proxies.isEmpty()) {
      ClientAddress peer = new ClientAddress(request.getRemoteAddr());
      proxies.client(peer, Collections.list(request.getHeaders(FORWARDED_FOR))).keepIn(request);
    }
    super.doFilterInternal(request, response, chain);
  }
}
