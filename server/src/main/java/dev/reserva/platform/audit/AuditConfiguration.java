package dev.reserva.platform.audit;

import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the audit trail. */
@Configuration(proxyBeanMethods = false)
public class AuditConfiguration {

  @Bean(destroyMethod = "close")
  AuditTrail auditTrail(Transactions transactions, Ids ids, Clock clock) {
    return new AuditTrail(transactions, ids, clock);
  }

  @Bean
  Worker auditFlushes(AuditTrail trail) {
    return trail.flushes();
  }

  @Bean
  MeterBinder auditMetrics(AuditTrail trail) {
    return registry ->
        FunctionCounter.builder("reserva.audit.dropped", trail, AuditTrail::dropped)
            .description("security events that were counted and not recorded one by one")
            .register(registry);
  }
}
