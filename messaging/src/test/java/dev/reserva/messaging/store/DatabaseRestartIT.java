package dev.reserva.messaging.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.messaging.BackboneFixture;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.RunningBackbone;
import dev.reserva.messaging.sql.SqlFailure;
import dev.reserva.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseRestartIT {

  private static final int KILLS = 2;
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void nothing_acknowledged_is_lost_or_doubled_when_the_database_is_killed_under_load(
      @TempDir Path folder) throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder);
        HikariDataSource database = pool(postgres);
        BackboneFixture fixture =
            BackboneFixture.on(
                database,
                TestFacts.catalogue(),
                TestFacts.announcer(),
                TestFacts.editPolicy(TestFacts.catalogue()))) {
      fixture.execute(
          "create table effect (ordinal bigserial primary key, event_id uuid, number bigint)");
      BackboneFixture.Node node = fixture.node();
      RunningBackbone backbone =
          node.run(Subscription.of("toy", Set.of(TestFacts.ADDED), DatabaseRestartIT::remember));
      ConcurrentLinkedQueue<UUID> acknowledged = new ConcurrentLinkedQueue<>();
      AtomicBoolean done = new AtomicBoolean();
      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
          UUID key = new UUID(0, writer);
          writers.add(threads.submit(() -> write(node, key, acknowledged, done)));
        }
        for (int kill = 1; kill <= KILLS; kill++) {
          int before = acknowledged.size();
          await().atMost(LONG).until(() -> acknowledged.size() > before + 200);
          ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();
          int expected = kill;
          await().atMost(LONG).until(() -> postgres.repairs() == expected);
        }
        int before = acknowledged.size();
        await().atMost(LONG).until(() -> acknowledged.size() > before + 200);
        done.set(true);
        for (Future<?> writer : writers) {
          writer.get(60, TimeUnit.SECONDS);
        }
      }
      assertThat(backbone.awaitCaughtUp("toy", LONG)).isTrue();

      long end = node.log().end();
      assertThat(fixture.number("select count(*) from messaging.event")).isEqualTo(end);
      assertThat(fixture.number("select count(distinct position) from messaging.event"))
          .as("no gap, no position twice")
          .isEqualTo(end);
      Set<UUID> inLog = Set.copyOf(ids(fixture, "select id from messaging.event"));
      assertThat(inLog).containsAll(acknowledged);
      assertThat(ids(fixture, "select event_id from effect"))
          .as("each once")
          .containsExactlyInAnyOrderElementsOf(inLog);
      assertThat(backbone.subscriptions().getFirst().parked()).as("no event has failed").isZero();
    }
  }

  private static HikariDataSource pool(EmbeddedPostgres postgres) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(postgres.createDatabase("backbone"));
    config.setUsername(postgres.user());
    config.setPassword(postgres.password());
    config.setMaximumPoolSize(8);
    config.setConnectionTimeout(5_000);
    return new HikariDataSource(config);
  }

  private static void write(
      BackboneFixture.Node node,
      UUID key,
      ConcurrentLinkedQueue<UUID> acknowledged,
      AtomicBoolean done) {
    for (long number = 0; !done.get(); number++) {
      Added fact = new Added(key, number);
      try {
        acknowledged.add(
            node.transactions().call(tx -> tx.publish(fact, Cause.of("restart"))).id());
      } catch (DependencyUnavailable e) {
        Thread.onSpinWait(); // committed or not, it was not acknowledged
      }
    }
  }

  private static void remember(List<Message> batch, UnitOfWork tx) {
    try (var insert =
        tx.resource(Connection.class)
            .prepareStatement("insert into effect (event_id, number) values (?, ?)")) {
      for (Message message : batch) {
        insert.setObject(1, message.event().id());
        insert.setLong(2, message.payload(Added.class).number());
        insert.addBatch();
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  private static List<UUID> ids(BackboneFixture fixture, String sql) throws SQLException {
    try (Connection connection = fixture.dataSource().getConnection()) {
      return Sql.query(connection, sql, row -> row.getObject(1, UUID.class));
    }
  }
}
