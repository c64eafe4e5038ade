package dev.reserva.gateway;

import dev.reserva.platform.web.ClientAddress;
import dev.reserva.platform.web.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * A request as an instance gets it.
 *
 * @param path with the query, as it came
 * @param authority the {@code Host} as it came
 * @param headers those that pass, and those that the gateway adds
 */
record OutgoingRequest(
    String method, String path, URIAuthority authority, List<Header> headers, RequestBody body) {

  private static final URI ROOT = URI.create("/");
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  OutgoingRequest {
    headers = List.copyOf(headers);
  }

  /**
   * @param response has the correlation id that the gateway gave the request
   */
  static OutgoingRequest of(
      HttpServletRequest request, HttpServletResponse response, RequestBody body) {
    String query = request.getQueryString();
    return new OutgoingRequest(
        request.getMethod(),
        query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query,
        authority(request),
        headers(request, response, HeaderRules::passesToServices),
        body);
  }

  /** The same caller's request for another path, without a body. */
  static OutgoingRequest of(
      String method, String path, HttpServletRequest request, HttpServletResponse response) {
    return new OutgoingRequest(
        method,
        path,
        authority(request),
        headers(request, response, HeaderRules::passesToServices),
        RequestBody.NONE);
  }

  /** A request of the gateway's own. */
  static OutgoingRequest get(String path, Instance instance) {
    return new OutgoingRequest(
        "GET", path, new URIAuthority(instance.host()), List.of(), RequestBody.NONE);
  }

  /**
   * The headers that pass, and those that the gateway adds. The address of the client is one entry:
   * whoever trusts this gateway need not know the proxies in front of it.
   */
  static List<Header> headers(
      HttpServletRequest request,
      HttpServletResponse response,
      BiPredicate<String, Set<String>> passes) {
    Set<String> connection =
        HeaderRules.namedBy(Collections.list(request.getHeaders("Connection")));
    List<Header> headers = new ArrayList<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      if (passes.test(name, connection)) {
        for (String value : Collections.list(request.getHeaders(name))) {
          headers.add(new BasicHeader(name, value));
        }
      }
    }
    headers.add(new BasicHeader(FORWARDED_FOR, ClientAddress.of(request).text()));
    headers.add(new BasicHeader("X-Forwarded-Proto", request.getScheme()));
    headers.add(new BasicHeader("X-Forwarded-Host", host(request)));
    headers.add(new BasicHeader("Via", via(request)));
    String correlation = response.getHeader(RequestContext.CORRELATION_HEADER);
    if (correlation != null) {
      headers.add(new BasicHeader(RequestContext.CORRELATION_HEADER, correlation));
    }
    return headers;
  }

  private static String via(HttpServletRequest request) {
    List<String> hops = new ArrayList<>(Collections.list(request.getHeaders("Via")));
    hops.add(HeaderRules.VIA);
    return String.join(", ", hops);
  }

  static String host(HttpServletRequest request) {
    @Nullable String given = request.getHeader("Host");
    return given == null || given.isBlank()
        ? request.getServerName() + ":" + request.getServerPort()
        : given;
  }

  /** The container has refused a {@code Host} that is none. */
  private static URIAuthority authority(HttpServletRequest request) {
    try {
      return URIAuthority.create(host(request));
    } catch (URISyntaxException e) {
      return new URIAuthority(request.getServerName(), request.getServerPort());
    }
  }

  /** For one attempt. */
  HttpUriRequestBase message() {
    HttpUriRequestBase message = new HttpUriRequestBase(method, ROOT);
    message.setPath(path); // as it came; a URI would be parsed
    message.setAuthority(authority);
    headers.forEach(message::addHeader);
    message.setEntity(body.entity());
    return message;
  }

  /** Whether it may be sent again after a connection broke. */
  boolean isRepeatable() {
    boolean hasKey =
        headers.stream()
            .anyMatch(
                header -> header.getName().equalsIgnoreCase(RequestContext.IdempotencyKey.HEADER));
    return body.isReplayable() && RetryRules.isIdempotent(method, hasKey);
  }
}
