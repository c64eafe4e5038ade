package dev.reserva.peers.modulith;

import dev.reserva.peers.shop.SimulatedProvider;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableAsync;

/** The shop on Spring Modulith's events with Spring Data JDBC. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableAsync
public class ModulithShop {

  @Bean
  SimulatedProvider provider(JdbcClient ledger) {
    return new SimulatedProvider(ledger);
  }
}
