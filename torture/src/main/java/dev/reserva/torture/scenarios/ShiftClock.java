package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.shop.Shop;
import dev.reserva.torture.stage.Database;
import dev.reserva.torture.stage.Faketime;
import dev.reserva.torture.stage.Server;
import dev.reserva.torture.stage.Sql;
import dev.reserva.torture.stage.Stage;
import dev.reserva.torture.stage.TcpProxy;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The clock of one of the two processes jumps 20 minutes ahead, back, 20 minutes behind, and back,
 * each time by a kill and a start, so that work is under way across the jump.
 */
public final class ShiftClock implements Scenario {
  private static final Duration OFF = Duration.ofMinutes(20);
  private static final List<Duration> JUMPS =
      List.of(OFF, Duration.ZERO, OFF.negated(), Duration.ZERO);

  /** An answer's date is to the second, and it takes a moment to get it. */
  private static final Duration TOLERANCE = Duration.ofSeconds(10);

  private final Whose whose;

  /** Whose clock is off. */
  public enum Whose {
    SERVER,
    DATABASE
  }

  public ShiftClock(Whose whose) {
    this.whose = whose;
  }

  @Override
  public String name() {
    return switch (whose) {
      case SERVER -> "clock-of-server";
      case DATABASE -> "clock-of-database";
    };
  }

  @Override
  public String fault() {
    return switch (whose) {
      case SERVER ->
          "the server is killed and comes back 20 min ahead, right, 20 min behind, right";
      case DATABASE -> "PostgreSQL ends and comes back 20 min ahead, right, 20 min behind, right";
    };
  }

  @Override
  public String proof() {
    return switch (whose) {
      case SERVER -> "the Date of its answers, compared with this clock";
      case DATABASE -> "its clock_timestamp(), compared with this clock";
    };
  }

  @Override
  public Outcome play(Stage stage) throws Exception {
    Optional<Faketime> faketime = Faketime.find();
    return faketime.isPresent()
        ? play(stage, faketime.get())
        : new Outcome.NotPossible(Faketime.missing());
  }

  private Outcome play(Stage stage, Faketime faketime) throws Exception {
    Place place = new Place(stage, faketime);
    return new Rounds(stage, place.shop)
        // What was reserved before a jump may have expired by the database's clock after it.
        .excusing("reservation_expired", "deadline_exceeded")
        .play(
            stage.pick(JUMPS.size(), 1),
            place::sql,
            round -> {
              Duration by = JUMPS.get(round % JUMPS.size());
              long since =
                  switch (whose) {
                    case SERVER -> place.shiftServer(by);
                    case DATABASE -> place.shiftDatabase(by);
                  };
              return new Rounds.Struck(place.isShifted(by, whose), since);
            });
  }

  /** The server, its database, and a network by which the database keeps its address. */
  private static final class Place {
    private final Stage stage;
    private final Faketime faketime;
    private final TcpProxy network;
    private final Server server;
    private final Shop shop;
    private Database database;

    Place(Stage stage, Faketime faketime) throws Exception {
      this.stage = stage;
      this.faketime = faketime;
      this.database = stage.database(Map.of());
      this.network = stage.proxy(database.port());
      this.server = stage.server().on(database, network.port());
      server.start();
      this.shop = Shop.furnish(server.url(), server.adminPassword());
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
      database = stage.database(by.isZero() ? Map.of() : faketime.shifted(by));
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
