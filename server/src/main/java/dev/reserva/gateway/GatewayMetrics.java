package dev.reserva.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code reserva.gateway.*}: requests, failures and retries by service and instance. */
final class GatewayMetrics {

  private static final String SERVICE = "service";
  private static final String INSTANCE = "instance";

  private final MeterRegistry registry;

  GatewayMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows each instance with its breaker. */
  void watch(Map<Service, Instances> services) {
    services.forEach((service, instances) -> {
      for (Instance instance : instances.all()) {
        Gauge.builder("reserva.gateway.breaker.open", instance, it -> it.isOpen() ? 1 : 0)
            .description("1 while the breaker of the instance is open")
            .tags(SERVICE, service.wire(), INSTANCE, instance.name())
            .strongReference(true)
            .register(registry);
      }
    });
  }

  void watch(SocketRelays sockets) {
    Gauge.builder("reserva.gateway.sockets", sockets, SocketRelays::open)
        .description("clients of the live feed")
        .register(registry);
  }

  /**
   * @param nanos from the first byte sent until the header of the answer
   */
  void answered(Service service, Instance instance, long nanos) {
    Timer.builder("reserva.gateway.requests")
        .description("answered requests, until the header of the answer")
        .tags(SERVICE, service.wire(), INSTANCE, instance.name())
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  void failed(Service service, Instance instance, Failure failure) {
    count(service, instance, failure.name());
  }

  /** The instance broke off its answer. */
  void cut(Service service, Instance instance) {
    count(service, instance, "CUT");
  }

  private void count(Service service, Instance instance, String failure) {
    Counter.builder("reserva.gateway.failures")
        .description("requests without a complete answer")
        .tags(
            SERVICE,
            service.wire(),
            INSTANCE,
            instance.name(),
            "failure",
            failure.toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
  }

  void retried(Service service) {
    Counter.builder("reserva.gateway.retries")
        .description("requests that were sent again")
        .tags(SERVICE, service.wire())
        .register(registry)
        .increment();
  }
}
