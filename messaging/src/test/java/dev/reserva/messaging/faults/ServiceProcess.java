package dev.reserva.messaging.faults;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.harness.TcpProxy;
import dev.reserva.messaging.Backbone.IntakeStatus;
import dev.reserva.messaging.Backbone.SubscriptionStatus;
import dev.reserva.messaging.BackboneFixture;
import dev.reserva.messaging.delivery.RunningBackbone;
import dev.reserva.messaging.transport.Broker;
import dev.reserva.postgres.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.IntFunction;

/**
 * A process of a service. It reaches database and broker by proxies of its own. When these close,
 * it can neither do nor undo anything, as if it were killed.
 */
final class ServiceProcess {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final int CONNECT_MILLIS = 1_000;

  private final TcpProxy toDatabase;
  private final TcpProxy toBroker;
  private final HikariDataSource pool;
  private final BackboneFixture fixture;
  private final DyingBroker broker;
  private final RunningBackbone backbone;
  private volatile boolean alive = true;

  /**
   * @param brokersPort port of the broker itself
   * @param brokerAt the broker as it is reached at a port
   */
  ServiceProcess(Service service, int brokersPort, IntFunction<Broker> brokerAt)
      throws IOException {
    toDatabase = new TcpProxy(TestPostgres.server().port());
    toBroker = new TcpProxy(brokersPort);
    pool = pool(service.database(), toDatabase.port());
    fixture = BackboneFixture.onMigrated(pool);
    broker = new DyingBroker(brokerAt.apply(toBroker.port()), this::kill);
    backbone = fixture.node().run(broker, service.subscription());
  }

  private static HikariDataSource pool(String database, int port) {
    var server = TestPostgres.server();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(
        server.jdbcUrl(database).replace(":" + server.port() + "/", ":" + port + "/"));
    config.setUsername(server.user());
    config.setPassword(server.password());
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(CONNECT_MILLIS);
    return new HikariDataSource(config);
  }

  /** Its connections to the broker. */
  TcpProxy toBroker() {
    return toBroker;
  }

  DyingBroker broker() {
    return broker;
  }

  boolean isAlive() {
    return alive;
  }

  SubscriptionStatus relay() {
    return backbone.subscriptions().getLast();
  }

  IntakeStatus intake() {
    return backbone.intakes().getFirst();
  }

  /** Cuts it off from database and broker, for good. Any thread may call it. */
  void kill() {
    alive = false;
    try (toBroker;
        toDatabase) {
      // Closing is all.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops its threads. A process that lives gives up its claims first. */
  void end() {
    if (!backbone.stop(STOP_LIMIT)) {
      throw new IllegalStateException("the process did not stop within " + STOP_LIMIT);
    }
    fixture.close();
    pool.close();
    kill();
  }
}
