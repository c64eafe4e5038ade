package dev.reserva.operations.adapters.dashboard;

import dev.reserva.platform.web.ClientAddress;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.ProblemWriter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.OriginHandshakeInterceptor;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * The handshake of {@code /ws/dashboard}. Accepts browsers from the server's own origin only. A
 * header that the framework cannot parse, such as {@code Origin: http://a b}, is answered 400.
 */
public final class DashboardHandshake extends WebSocketHttpRequestHandler {

  private static final String NETWORK = DashboardHandshake.class.getName();

  private final ProblemWriter problems;

  public DashboardHandshake(DashboardSocket socket, ProblemWriter problems) {
    super(socket);
    this.problems = problems;
    setHandshakeInterceptors(List.of(new OriginHandshakeInterceptor(), new KeepNetwork()));
  }

  /** Where a session's client comes from, {@code ClientAddress.network}. */
  static String networkOf(WebSocketSession session) {
    return String.valueOf(session.getAttributes().get(NETWORK));
  }

  /** The request ends with the handshake; its address is needed later. */
  private static final class KeepNetwork implements HandshakeInterceptor {

    @Override
    public boolean beforeHandshake(
        ServerHttpRequest request,
        ServerHttpResponse response,
        WebSocketHandler handler,
        Map<String, Object> attributes) {
      if (request instanceof ServletServerHttpRequest servlet) {
        attributes.put(NETWORK, ClientAddress.of(servlet.getServletRequest()).network());
      }
      return true;
    }

    @Override
    public void afterHandshake(
        ServerHttpRequest request,
        ServerHttpResponse response,
        WebSocketHandler handler,
        @Nullable Exception failure) {}
  }

  @Override
  public void handleRequest(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try {
      super.handleRequest(request, response);
    } catch (HandshakeFailureException e) {
      if (!isUnreadable(e.getCause())) {
        throw e;
      }
      problems.write(
          request,
          response,
          Problem.invalid(
              "",
              "a WebSocket handshake needs a well-formed Origin and well-formed Sec-WebSocket"
                  + " headers"));
    }
  }

  /** What the framework's parsers throw at ill-formed headers. */
  private static boolean isUnreadable(@Nullable Throwable cause) {
    return cause instanceof IllegalArgumentException || cause instanceof IndexOutOfBoundsException;
  }
}
