package dev.reserva.platform.web;

import dev.reserva.platform.security.RouteMap;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the whole body into memory, so that it can be both parsed and fingerprinted. Larger bodies
 * than the route allows are refused, with or without a declared length. The filter runs after the
 * security filters, so that an unauthenticated caller cannot make the server hold large bodies.
 */
final class BodyFilter extends OncePerRequestFilter {

  /** Orders of 2,000 lines, and the other {@link LargeBodies}. */
  static final int MAX_BYTES = 1024 * 1024;

  static final int USUAL_BYTES = 64 * 1024;

  /** Log-ins, registrations, webhooks: whatever needs no token. */
  static final int OPEN_BYTES = 16 * 1024;

  private static final String ATTRIBUTE = BodyFilter.class.getName();
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH", "DELETE");

  private final ProblemWriter problems;
  private final RouteMap routes;
  private final Set<LargeBodies.Of> large;
  private final UploadRoutes uploads;

  BodyFilter(
      ProblemWriter problems, RouteMap routes, Set<LargeBodies.Of> large, UploadRoutes uploads) {
    this.problems = problems;
    this.routes = routes;
    this.large = Set.copyOf(large);
    this.uploads = uploads;
  }

  private int limit(HttpServletRequest request) {
    return routes
        .at(HttpMethod.valueOf(request.getMethod()), request.getRequestURI())
        .map(route ->
            large.contains(LargeBodies.at(route.method(), route.pattern()))
                ? MAX_BYTES
                : route.open() ? OPEN_BYTES : USUAL_BYTES)
        .orElse(OPEN_BYTES);
  }

  /** The request's body; empty when it has none. */
  static byte[] bodyOf(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof byte[] body ? body : new byte[0];
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String query = request.getQueryString();
    if (query != null && query.contains("%00")) {
      problems.write(request, response, Problem.invalid("?", "must not contain a null character"));
      return;
    }
    if (!WITH_BODY.contains(request.getMethod().toUpperCase(Locale.ROOT))) {
      chain.doFilter(request, response);
      return;
    }
    Optional<Uploads.Of> upload = uploads.of(request);
    if (upload.isPresent()) {
      receive(upload.get(), request, response, chain);
      return;
    }
    int limit = limit(request);
    long announced = request.getContentLengthLong();
    if (announced > limit) {
      problems.write(request, response, Problems.tooLarge(limit));
      return;
    }
    byte[] body;
    try {
      // The declared length saves a buffer of 16 KiB. The container never delivers more than it.
      body = request.getInputStream().readNBytes(announced < 0 ? limit + 1 : (int) announced);
    } catch (IOException e) {
      problems.write(request, response, unreadable(e, request));
      return;
    }
    if (body.length > limit) {
      problems.write(request, response, Problems.tooLarge(limit));
      return;
    }
    request.setAttribute(ATTRIBUTE, body);
    chain.doFilter(new WithBody(request, body), response);
  }

  /** Ill-formed chunks, a slow caller, or one that has disconnected. */
  private static Problem unreadable(IOException e, HttpServletRequest request) {
    if (e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException) {
      // The container has noted the exception as an error of the server, and a 408 to answer.
      request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
      return Problems.ofStatus(408).withHeader("Connection", "close");
    }
    return Problem.invalid("", "could not be read to its end");
  }

  private void receive(
      Uploads.Of route, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > route.maxBytes()) {
      problems.write(request, response, Problems.tooLarge(route.maxBytes()));
      return;
    }
    if (!uploads.enter()) {
      problems.write(request, response, Problems.ofStatus(503).withHeader("Retry-After", "5"));
      return;
    }
    try {
      receiveAdmitted(route, request, response, chain);
    } finally {
      uploads.leave();
    }
  }

  private void receiveAdmitted(
      Uploads.Of route, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Upload received;
    try {
      received = Upload.receive(request.getInputStream(), route.maxBytes());
    } catch (IOException e) {
      problems.write(request, response, unreadable(e, request));
      return;
    }
    try (received) {
      if (received.length() > route.maxBytes()) {
        problems.write(request, response, Problems.tooLarge(route.maxBytes()));
        return;
      }
      request.setAttribute(UploadRoutes.ATTRIBUTE, received);
      chain.doFilter(request, response);
    }
  }

  private static final class WithBody extends HttpServletRequestWrapper {
    private final byte[] body;

    WithBody(HttpServletRequest request, byte[] body) {
      super(request);
      this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() {
      return new InMemory(body);
    }

    @Override
    public BufferedReader getReader() {
      return new BufferedReader(
          new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8));
    }
  }

  private static final class InMemory extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    InMemory(byte[] body) {
      bytes = new ByteArrayInputStream(body);
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return bytes.read(target, offset, length);
    }

    @Override
    public byte[] readAllBytes() {
      return bytes.readAllBytes();
    }

    // Spring wraps a stream that cannot be marked, to see whether it is empty.
    @Override
    public boolean markSupported() {
      return true;
    }

    @Override
    public void mark(int limit) {
      bytes.mark(limit);
    }

    @Override
    public void reset() {
      bytes.reset();
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("the body is already in memory");
    }
  }
}
