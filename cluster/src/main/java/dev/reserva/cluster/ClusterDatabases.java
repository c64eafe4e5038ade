package dev.reserva.cluster;

import dev.reserva.postgres.DatabaseLogin;
import dev.reserva.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The databases of a cluster, in one embedded PostgreSQL, which repairs itself. */
final class ClusterDatabases implements AutoCloseable {
  private static final String ROLE = "postgres";

  private final EmbeddedPostgres postgres;
  private final Map<String, DatabaseLogin> logins = new LinkedHashMap<>();

  private ClusterDatabases(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /**
   * Starts PostgreSQL and creates the databases that are missing, each with a role of its own.
   *
   * @throws dev.reserva.postgres.DataFolderInUse if a cluster or a server runs on the folder
   * @throws dev.reserva.postgres.PostgresFailure if it cannot be started
   */
  static ClusterDatabases start(Path data, ClusterPlan plan) {
    EmbeddedPostgres postgres =
        EmbeddedPostgres.in(data)
            .setting("max_connections", String.valueOf(plan.connections()))
            .setting("shared_buffers", Sizes.SHARED_BUFFERS)
            .start();
    ClusterDatabases databases = new ClusterDatabases(postgres);
    try {
      for (String name : plan.databases()) {
        databases.logins.put(
            name,
            name.equals(EmbeddedPostgres.DATABASE) ? postgres.login() : postgres.ownDatabase(name));
      }
      return databases;
    } catch (RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  /** By the database's name. */
  Map<String, DatabaseLogin> logins() {
    return logins;
  }

  /**
   * @throws IllegalArgumentException if there is no such database
   */
  DatabaseLogin login(String name) {
    DatabaseLogin login = logins.get(name);
    if (login == null) {
      throw new IllegalArgumentException(
          "there is no database %s; there are %s".formatted(name, logins.keySet()));
    }
    return login;
  }

  NodeStatus status() {
    EmbeddedPostgres.Status status = postgres.status();
    NodeState state =
        switch (status) {
          case RUNNING -> NodeState.READY;
          case REPAIRING -> NodeState.BACKING_OFF;
          case LOST -> NodeState.FAILED;
          case CLOSED -> NodeState.STOPPED;
        };
    long pid = status == EmbeddedPostgres.Status.RUNNING ? postgres.pid() : 0;
    String reason =
        switch (state) {
          case BACKING_OFF -> "it died and is started again";
          case FAILED -> "it died and could not be started again; end the cluster and start it";
          case WAITING, STARTING, READY, STOPPED -> "";
        };
    return new NodeStatus(
        ROLE, 1, postgres.port(), pid, state, reason, Memory.ofTree(pid), postgres.repairs());
  }

  @Override
  public void close() {
    postgres.close();
  }
}
