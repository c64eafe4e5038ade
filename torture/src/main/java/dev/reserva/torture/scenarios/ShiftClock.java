package dev.reserva.torture.scenarios;

import dev.reserva.harness.TcpProxy;
import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.environment.Database;
import dev.reserva.torture.environment.Environment;
import dev.reserva.torture.environment.Faketime;
import dev.reserva.torture.environment.Server;
import dev.reserva.torture.environment.Sql;
import dev.reserva.torture.shop.Shop;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The clock of the server or the database jumps 20 minutes ahead, back, 20 minutes behind, and
 * back. Each jump is a kill and a start, so that orders are under way during the jump.
 */
final class ShiftClock {
  private static final Duration SHIFT = Duration.ofMinutes(20);
  private static final List<Duration> JUMPS =
      List.of(SHIFT, Duration.ZERO, SHIFT.negated(), Duration.ZERO);

  /** An answer's Date has a resolution of seconds, and the request takes time. */
  private static final Duration TOLERANCE = Duration.ofSeconds(10);

  private final Whose whose;

  private enum Whose {
    SERVER,
    DATABASE
  }

  private ShiftClock(Whose whose) {
    this.whose = whose;
  }

  static Scenario ofServer() {
    return new Scenario(
        "clock-of-server",
        "the server is killed and comes back 20 min ahead, right, 20 min behind, right",
        "the Date of its answers, compared with this clock",
        new ShiftClock(Whose.SERVER)::run);
  }

  static Scenario ofDatabase() {
    return new Scenario(
        "clock-of-database",
        "PostgreSQL ends and comes back 20 min ahead, right, 20 min behind, right",
        "its clock_timestamp(), compared with this clock",
        new ShiftClock(Whose.DATABASE)::run);
  }

  private Outcome run(Environment environment) throws Exception {
    Optional<Faketime> faketime = Faketime.find();
    return faketime.isPresent()
        ? run(environment, faketime.get())
        : new Outcome.NotPossible(Faketime.missing());
  }

  private Outcome run(Environment environment, Faketime faketime) throws Exception {
    Processes processes = new Processes(environment, faketime);
    return new Rounds(environment, processes.shop, processes::sql)
        // By the shifted clock of the database, a reservation may have expired.
        .excusing("reservation_expired", "deadline_exceeded")
        .run(
            environment.pick(JUMPS.size(), 1),
            round -> {
              Duration by = JUMPS.get(round % JUMPS.size());
              long over =
                  switch (whose) {
                    case SERVER -> processes.shiftServer(by);
                    case DATABASE -> processes.shiftDatabase(by);
                  };
              return new Rounds.Injected(processes.isShifted(by, whose), over);
            });
  }

  /** The server, its database, and a proxy through which the database keeps its address. */
  private static final class Processes {
    private final Environment environment;
    private final Faketime faketime;
    private final TcpProxy network;
    private final Server server;
    private final Shop shop;
    private Database database;

    Processes(Environment environment, Faketime faketime) throws Exception {
      this.environment = environment;
      this.faketime = faketime;
      this.database = environment.database(Map.of());
      this.network = environment.proxy(database.port());
      this.server = environment.server().on(database, network.port());
      server.start();
      this.shop = Shop.create(server.url(), server.adminPassword());
    }

    Sql sql() throws SQLException {
      return Sql.on(database);
    }

    long shiftServer(Duration by) throws IOException, InterruptedException {
      server.kill();
      long dead = System.nanoTime();
      for (String name : faketime.shifted(by).keySet()) {
        server.withEnvironment(name, by.isZero() ? null : faketime.shifted(by).get(name));
      }
      server.start();
      return dead;
    }

    long shiftDatabase(Duration by) throws IOException {
      database.close();
      long gone = System.nanoTime();
      database = environment.database(by.isZero() ? Map.of() : faketime.shifted(by));
      network.target(database.port());
      return gone;
    }

    boolean isShifted(Duration by, Whose whose) throws IOException, SQLException {
      Instant seen =
          switch (whose) {
            case SERVER -> server.clock();
            case DATABASE -> databaseClock();
          };
      Duration off = Duration.between(Instant.now(), seen).minus(by).abs();
      return off.compareTo(TOLERANCE) < 0;
    }

    private Instant databaseClock() throws SQLException {
      try (Sql open = sql()) {
        return open.clock();
      }
    }
  }
}
