package dev.reserva.torture.scenarios;

import dev.reserva.torture.Scenario;
import dev.reserva.torture.environment.Server;
import dev.reserva.torture.scenarios.Rounds.Injected;

/** The server, its embedded database, or both end without warning. */
final class ProcessFaults {

  /** Exit status of a process that was ended by {@code kill -9}. */
  private static final int KILLED = 128 + 9;

  private ProcessFaults() {}

  /** The database shuts itself down when its server is gone. */
  static Scenario killServer() {
    return new Scenario(
        "kill-server",
        "kill -9 of the server's process at random times, then started again",
        "exit status 137",
        EmbeddedServer.script(
            10,
            1,
            server -> {
              int status = server.kill();
              long dead = System.nanoTime();
              server.start();
              return new Injected(status == KILLED, dead);
            }));
  }

  static Scenario killDatabase() {
    return new Scenario(
        "kill-database",
        "kill -9 of PostgreSQL at random times; the server starts it again",
        "the process is gone, another has its place",
        EmbeddedServer.script(
            12,
            1,
            server -> {
              long killed = server.killDatabase();
              long dead = System.nanoTime();
              server.awaitReady();
              return new Injected(server.databasePid() != killed, dead);
            }));
  }

  static Scenario killBoth() {
    return new Scenario(
        "kill-both",
        "kill -9 of the server and of PostgreSQL at the same moment",
        "exit status 137, both processes gone",
        EmbeddedServer.script(
            6,
            1,
            server -> {
              ProcessHandle database = ProcessHandle.of(server.databasePid()).orElseThrow();
              database.destroyForcibly();
              int status = server.kill();
              Server.awaitGone(database);
              long dead = System.nanoTime();
              server.start();
              return new Injected(status == KILLED, dead);
            }));
  }

  /** PostgreSQL's fast shutdown, as an administrator would request it. */
  static Scenario restartDatabase() {
    return new Scenario(
        "restart-database",
        "PostgreSQL shut down in order (SIGINT) and started again, all sessions ended",
        "the process is gone, another has its place",
        EmbeddedServer.script(
            6,
            1,
            server -> {
              long pid = server.databasePid();
              ProcessHandle database = ProcessHandle.of(pid).orElseThrow();
              new ProcessBuilder("kill", "-INT", String.valueOf(pid)).start().waitFor();
              Server.awaitGone(database);
              long down = System.nanoTime();
              server.awaitReady();
              return new Injected(server.databasePid() != pid, down);
            }));
  }
}
