package dev.reserva.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The tests' database: one embedded server per JVM in a temporary folder. The first caller starts
 * it; it is stopped and deleted when the JVM ends. Each caller gets an empty database of its own.
 *
 * <p>Unlike the real one, it does not wait for the disk, and takes more connections.
 */
public final class TestPostgres {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final Queue<HikariDataSource> POOLS = new ConcurrentLinkedQueue<>();
  private static @Nullable EmbeddedPostgres server;

  private TestPostgres() {}

  /** The server that all tests of this JVM share. */
  public static synchronized EmbeddedPostgres server() {
    EmbeddedPostgres running = server;
    if (running == null) {
      running = startTemporary();
      server = running;
    }
    return running;
  }

  /** Creates an empty database; returns its name, for {@code server().jdbcUrl(name)}. */
  public static String freshDatabaseName() {
    String name = "test_" + DATABASES.incrementAndGet();
    server().createDatabase(name);
    return name;
  }

  /**
   * A pool of at most 16 connections to a new, empty database. If the caller does not close it, it
   * is closed when the JVM ends.
   */
  public static HikariDataSource freshDatabase() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(server().jdbcUrl(freshDatabaseName()));
    config.setUsername(server().user());
    config.setPassword(server().password());
    config.setMaximumPoolSize(16);
    // Hundreds of tests have a pool each, so idle pools keep no connection.
    config.setMinimumIdle(0);
    config.setIdleTimeout(10_000);
    HikariDataSource pool = new HikariDataSource(config);
    POOLS.add(pool);
    return pool;
  }

  private static EmbeddedPostgres startTemporary() {
    try {
      Path folder = Files.createTempDirectory("reserva-test-postgres-");
      EmbeddedPostgres postgres =
          EmbeddedPostgres.in(folder)
              .setting("fsync", "off")
              .setting("full_page_writes", "off")
              .setting("max_connections", "400")
              .setting("shared_buffers", "256MB")
              .start();
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(postgres, folder)));
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stop(EmbeddedPostgres postgres, Path folder) {
    try {
      POOLS.forEach(HikariDataSource::close);
      postgres.close();
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
