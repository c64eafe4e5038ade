package dev.reserva.platform.connections;

import java.util.function.Consumer;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/**
 * Tomcat's HTTP/1.1 with limits for connections. Tomcat bounds the pause between two pieces of a
 * request, but not how many pieces there are. It is public because Tomcat creates it by its name.
 */
public final class GuardedProtocol extends Http11NioProtocol {

  private final GuardedEndpoint endpoint;

  public GuardedProtocol() {
    this(new GuardedEndpoint());
  }

  private GuardedProtocol(GuardedEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  /** Must be called before the start. */
  public Connections guardWith(ConnectionLimits limits, Consumer<String> refusals) {
    Connections connections = new Connections(limits, refusals);
    endpoint.guardWith(connections);
    return connections;
  }

  @Override
  protected Processor createProcessor() {
    return new GuardedProcessor(this, getAdapter(), endpoint.connections());
  }
}
