package dev.reserva.platform;

import dev.reserva.messaging.Ids;
import dev.reserva.platform.monitoring.HealthWarning;
import dev.reserva.platform.web.HttpConfiguration;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What every process has, whether it has a database or not. */
@Configuration(proxyBeanMethods = false)
@Import(HttpConfiguration.class)
public class ProcessConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessConfiguration.class);

  /** Ticks in microseconds, as the database stores times, so that a stored time reads the same. */
  @Bean
  Clock clock() {
    return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
  }

  @Bean
  Ids ids() {
    return Ids.timeOrdered();
  }

  /** Says at the start what the operator must not overlook. */
  @Bean
  ApplicationRunner warnings(ObjectProvider<HealthWarning> warnings) {
    return _ -> warnings.orderedStream().forEach(warning -> LOG.warn("{}", warning.text()));
  }
}
