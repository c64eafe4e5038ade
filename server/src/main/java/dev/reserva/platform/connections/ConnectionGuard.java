package dev.reserva.platform.connections;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.catalina.connector.Connector;

/** Guards the server's connectors with limits, and counts what they refuse and cut. */
public final class ConnectionGuard implements MeterBinder {

  private final ConnectionLimits limits;
  private final Consumer<String> refusals;
  private final List<Connections> guarded = new CopyOnWriteArrayList<>();

  /**
   * @param refusals gets the network of each connection that is refused
   */
  public ConnectionGuard(ConnectionLimits limits, Consumer<String> refusals) {
    this.limits = limits;
    this.refusals = refusals;
  }

  /**
   * @param connector one of {@link GuardedProtocol}, not started yet
   */
  public void guard(Connector connector) {
    if (!(connector.getProtocolHandler() instanceof GuardedProtocol protocol)) {
      throw new IllegalStateException(
          "the connector's protocol must be %s, was %s"
              .formatted(
                  GuardedProtocol.class.getName(),
                  connector.getProtocolHandler().getClass().getName()));
    }
    guarded.add(protocol.guardWith(limits, refusals));
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    counter(
        registry,
        "refused",
        "connections closed at once, their address holds too many",
        Connections::refused);
    counter(
        registry, "cut", "connections cut while a header or body was overdue", Connections::cut);
  }

  private void counter(
      MeterRegistry registry, String figure, String description, ToLongFunction<Connections> of) {
    FunctionCounter.builder(
            "reserva.connections." + figure, guarded, all -> all.stream().mapToLong(of).sum())
        .description(description)
        .register(registry);
  }
}
