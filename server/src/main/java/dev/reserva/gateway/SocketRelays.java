package dev.reserva.gateway;

import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.ProblemWriter;
import dev.reserva.platform.web.Problems;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.WebSocketContainer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;
import org.springframework.web.util.WebUtils;

/**
 * {@code /ws/dashboard}: opens a connection to an instance, then answers the client's handshake. A
 * client is refused with a problem while there still is an HTTP answer.
 */
final class SocketRelays implements HttpRequestHandler, SmartLifecycle {

  static final String PATH = "/ws/dashboard";

  private static final Logger LOG = LoggerFactory.getLogger(SocketRelays.class);
  private static final Duration FULL = Duration.ofSeconds(5);
  private static final int SWITCHING_PROTOCOLS = 101;

  /** The client's container waits so long for the instance's answer to the handshake. */
  private static final String IO_TIMEOUT = "org.apache.tomcat.websocket.IO_TIMEOUT_MS";

  private static final String IO_TIMEOUT_MILLIS = "5000";

  private final @Nullable Instances instances;
  private final Proxy proxy;
  private final ProblemWriter problems;
  private final GatewayMetrics metrics;
  private final int most;
  private final long idleMillis;
  private final WebSocketContainer container = ContainerProvider.getWebSocketContainer();
  private final DefaultHandshakeHandler handshakes = new DefaultHandshakeHandler();
  private final Set<SocketRelay> relays = ConcurrentHashMap.newKeySet();
  private volatile boolean running;

  /**
   * @param instances of operations; null if it runs nowhere
   * @param most clients at a time
   */
  SocketRelays(
      @Nullable Instances instances,
      Proxy proxy,
      ProblemWriter problems,
      GatewayMetrics metrics,
      int most,
      Duration idle) {
    this.instances = instances;
    this.proxy = proxy;
    this.problems = problems;
    this.metrics = metrics;
    this.most = most;
    this.idleMillis = idle.toMillis();
    metrics.watch(this);
  }

  int open() {
    return relays.size();
  }

  @Override
  public void handleRequest(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Optional<Problem> problem =
        "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
            ? relay(request, response)
            : proxy.forward(Service.OPERATIONS, request, response);
    if (problem.isPresent()) {
      problems.write(request, response, problem.get());
    }
  }

  private Optional<Problem> relay(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (instances == null) {
      return Optional.of(GatewayProblems.noRoute(Service.OPERATIONS));
    }
    if (!isOfOwnOrigin(request)) {
      return Optional.of(
          Problem.forbidden("a page may follow the live feed of its own origin only"));
    }
    SocketRelay relay = admitted();
    if (relay == null) {
      return Optional.of(
          Problems.unavailable(
              "overloaded", "too many clients follow the live feed; try again later", FULL));
    }
    boolean established = false;
    try {
      Problem problem = connect(relay, instances, request, response);
      if (problem != null) {
        return Optional.of(problem);
      }
      WebSocketHttpRequestHandler handshake = new WebSocketHttpRequestHandler(relay, handshakes);
      handshake.handleRequest(request, response);
      established = response.getStatus() == SWITCHING_PROTOCOLS;
      return Optional.empty();
    } catch (HandshakeFailureException e) {
      LOG.debug("handshake failed", e);
      return Optional.of(
          Problem.invalid("", "a WebSocket handshake needs well-formed Sec-WebSocket headers"));
    } finally {
      if (!established) {
        relay.close(CloseStatus.GOING_AWAY);
      }
    }
  }

  /** Programs send no origin. One that cannot be read is none of ours. */
  private static boolean isOfOwnOrigin(HttpServletRequest request) {
    try {
      return WebUtils.isSameOrigin(new ServletServerHttpRequest(request));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) { // what the parsers throw
      return false;
    }
  }

  private synchronized @Nullable SocketRelay admitted() {
    if (!running || relays.size() >= most) {
      return null;
    }
    SocketRelay[] self = new SocketRelay[1];
    SocketRelay relay = new SocketRelay(idleMillis, () -> relays.remove(self[0]));
    self[0] = relay;
    relays.add(relay);
    return relay;
  }

  /** Tries each instance once. */
  private @Nullable Problem connect(
      SocketRelay relay, Instances all, HttpServletRequest request, HttpServletResponse response) {
    ClientEndpointConfig config = config(request, response);
    Set<Instance> failed = new HashSet<>();
    while (true) {
      Instance instance = all.next(failed);
      if (instance == null) {
        return GatewayProblems.unavailable(Service.OPERATIONS);
      }
      long start = System.nanoTime();
      try {
        container.connectToServer(relay, config, url(instance, request));
        instance.answered(System.nanoTime() - start);
        return null;
      } catch (DeploymentException | IOException e) {
        instance.failed(System.nanoTime() - start, e);
        failed.add(instance);
        metrics.failed(Service.OPERATIONS, instance, Failure.NOT_CONNECTED);
        LOG.warn("live feed not connected: instance={} cause={}", instance.name(), e.getMessage());
      }
    }
  }

  private static URI url(Instance instance, HttpServletRequest request) {
    String query = request.getQueryString();
    String scheme = instance.host().getSchemeName().equals("https") ? "wss" : "ws";
    return URI.create(
        "%s://%s%s%s".formatted(scheme, instance.name(), PATH, query == null ? "" : "?" + query));
  }

  private static ClientEndpointConfig config(
      HttpServletRequest request, HttpServletResponse response) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header header :
        OutgoingRequest.headers(request, response, HeaderRules::passesInHandshake)) {
      headers.computeIfAbsent(header.getName(), any -> new ArrayList<>()).add(header.getValue());
    }
    headers.put("Host", List.of(OutgoingRequest.host(request)));
    ClientEndpointConfig config =
        ClientEndpointConfig.Builder.create()
            .preferredSubprotocols(protocols(request))
            .configurator(
                new ClientEndpointConfig.Configurator() {
                  @Override
                  public void beforeRequest(Map<String, List<String>> sent) {
                    sent.putAll(headers);
                  }
                })
            .build();
    config.getUserProperties().put(IO_TIMEOUT, IO_TIMEOUT_MILLIS);
    return config;
  }

  private static List<String> protocols(HttpServletRequest request) {
    return Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  @Override
  public synchronized void start() {
    running = true;
  }

  /** Comes before the web server's stop, which waits for requests and not for sockets. */
  @Override
  public void stop() {
    synchronized (this) {
      running = false;
    }
    List.copyOf(relays).forEach(relay -> relay.close(CloseStatus.GOING_AWAY));
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
