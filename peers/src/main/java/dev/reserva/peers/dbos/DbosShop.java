package dev.reserva.peers.dbos;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.txstep.JdbcStepFactory;
import dev.reserva.peers.shop.SimulatedProvider;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The shop on DBOS Transact. DBOS keeps its own tables in the shop's database. */
@SpringBootApplication(proxyBeanMethods = false)
public class DbosShop {

  @Bean
  DBOS dbos(DataSource database) {
    return new DBOS(DBOSConfig.defaults("shop").withDataSource(database).withAppVersion("1"));
  }

  @Bean
  SimulatedProvider provider(JdbcClient ledger) {
    return new SimulatedProvider(ledger);
  }

  /**
   * @param tables creates the shop's tables first
   */
  @Bean
  OrderWorkflow workflow(
      DBOS dbos,
      DataSource database,
      SimulatedProvider provider,
      DataSourceScriptDatabaseInitializer tables) {
    DurableOrders orders = new DurableOrders(dbos, new JdbcStepFactory(dbos, database), provider);
    return dbos.registerProxy(OrderWorkflow.class, orders);
  }

  /** Launches DBOS once all workflows are registered, and before the first request comes in. */
  @Bean
  SmartLifecycle launch(DBOS dbos) {
    return new SmartLifecycle() {
      private volatile boolean launched;

      @Override
      public void start() {
        dbos.launch();
        launched = true;
      }

      @Override
      public void stop() {
        dbos.shutdown();
        launched = false;
      }

      @Override
      public boolean isRunning() {
        return launched;
      }

      @Override
      public int getPhase() {
        return 0;
      }
    };
  }
}
