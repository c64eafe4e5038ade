package dev.reserva.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that belongs to this process and to a data folder.
 *
 * <ul>
 *   <li>If this JVM is killed, the server shuts itself down.
 *   <li>If the server is killed, it is started again on the same port and recovers what was
 *       committed. Its clients see broken connections until then.
 *   <li>It listens on 127.0.0.1 only and requires a password. The passwords are in the data folder,
 *       where only its owner can read them.
 *   <li>The role to work as is no superuser. The superuser is for the set-up at a start.
 * </ul>
 *
 * <p>The data folder contains {@code lock}, which is locked while this runs, and {@code postgres/}
 * with the cluster, the passwords and the server's log.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  /** The database that the first start creates. */
  public static final String DATABASE = "reserva";

  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

  /** Attempts to start on a free port: another program can take the port before the server does. */
  private static final int PORT_ATTEMPTS = 3;

  /**
   * Attempts to restart a dead server, after pauses of 0.1, 0.2, 0.4 … at most 5 s. The count
   * starts again only after the server has run for {@link #HEALTHY}.
   */
  private static final int REPAIR_ATTEMPTS = 20;

  private static final Duration HEALTHY = Duration.ofMinutes(1);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Path dataFolder;
  private final DataFolderLock lock;
  private final Cluster cluster;
  private final Settings settings;
  private final int port;
  private final String password;
  private final Object guard = new Object();
  private volatile Postmaster postmaster;
  private Status status = Status.RUNNING;
  private int repairs;
  private int attempts;
  private long runningSince = System.nanoTime();
  private @Nullable Thread repairer;

  /** The state of the server. */
  public enum Status {
    RUNNING,
    /** It died and is being started again. */
    REPAIRING,
    /** It died and could not be started again. The program must be restarted. */
    LOST,
    CLOSED
  }

  private EmbeddedPostgres(
      Path dataFolder,
      DataFolderLock lock,
      Cluster cluster,
      Settings settings,
      int port,
      Postmaster postmaster)
      throws IOException {
    this.dataFolder = dataFolder;
    this.lock = lock;
    this.cluster = cluster;
    this.settings = settings;
    this.port = port;
    this.postmaster = postmaster;
    this.password = cluster.password();
  }

  /**
   * Starts the server on its data folder, and creates the folder if it does not exist.
   *
   * @throws DataFolderInUse if another process runs on the folder
   * @throws PostgresFailure if the server cannot be started
   */
  public static EmbeddedPostgres start(Path dataFolder) {
    return in(dataFolder).start();
  }

  /**
   * Checks whether the folder is free, at much less cost than a start. Another process can still
   * take it before the start, which then throws the same exception.
   *
   * @throws DataFolderInUse if a process runs on the folder
   */
  public static void requireFree(Path dataFolder) {
    try {
      DataFolderLock.holder(dataFolder)
          .ifPresent(pid -> {
            throw new DataFolderInUse(dataFolder, pid);
          });
    } catch (IOException e) {
      throw new PostgresFailure("the data folder " + dataFolder + " cannot be read", e);
    }
  }

  /** Begins a start with other options than the defaults. */
  public static Builder in(Path dataFolder) {
    return new Builder(dataFolder);
  }

  /** The options of a start: where the programs are unpacked, and the server's settings. */
  public static final class Builder {
    private final Path dataFolder;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private Path cache = defaultCache();

    private Builder(Path dataFolder) {
      this.dataFolder = dataFolder;
    }

    /**
     * @param folder the programs are unpacked below it, once for all data folders
     */
    public Builder cache(Path folder) {
      cache = folder;
      return this;
    }

    /** Sets a parameter of PostgreSQL, in place of the value chosen for the machine. */
    public Builder setting(String name, String value) {
      settings.put(name, value);
      return this;
    }

    /** As {@link EmbeddedPostgres#start(Path)}. */
    public EmbeddedPostgres start() {
      try {
        return open(dataFolder, cache, Settings.forThisMachine().with(settings));
      } catch (IOException e) {
        throw new PostgresFailure("PostgreSQL cannot be started in " + dataFolder, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new PostgresFailure("interrupted while PostgreSQL was starting", e);
      }
    }

    /** RESERVA_CACHE, or else the cache directory of the XDG base directory specification. */
    private static Path defaultCache() {
      String own = System.getenv("RESERVA_CACHE");
      if (own != null && !own.isBlank()) {
        return Path.of(own);
      }
      String xdg = System.getenv("XDG_CACHE_HOME");
      return xdg != null && !xdg.isBlank()
          ? Path.of(xdg, "reserva")
          : Path.of(System.getProperty("user.home"), ".cache", "reserva");
    }
  }

  private static EmbeddedPostgres open(Path dataFolder, Path cache, Settings settings)
      throws IOException, InterruptedException {
    Path folder;
    DataFolderLock lock;
    try {
      folder = Folders.createPrivate(dataFolder);
      lock = DataFolderLock.acquire(folder);
    } catch (IOException e) {
      throw new PostgresFailure("the data folder " + dataFolder + " cannot be written", e);
    }
    Postmaster postmaster = null;
    try {
      long started = System.nanoTime();
      Programs.requireRunnable();
      Cluster cluster =
          new Cluster(Binaries.unpacked(cache), Folders.createPrivate(folder.resolve("postgres")));
      cluster.initialise();
      cluster.stopLeftovers();
      int port = freePort();
      for (int attempt = 1; postmaster == null; attempt++) {
        try {
          postmaster = Postmaster.start(cluster, settings.with(port, cluster.socketFolder()));
        } catch (PostgresFailure e) {
          if (attempt == PORT_ATTEMPTS || isFree(port)) {
            throw e;
          }
          port = freePort();
        }
      }
      EmbeddedPostgres postgres =
          new EmbeddedPostgres(folder, lock, cluster, settings, port, postmaster);
      postgres.prepareRoles();
      postgres.watch(postmaster);
      log.info(
          "postgres started: version={} port={} pid={} ms={}",
          cluster.binaries().version(),
          port,
          postmaster.pid(),
          (System.nanoTime() - started) / 1_000_000);
      return postgres;
    } catch (IOException | InterruptedException | RuntimeException e) {
      if (postmaster != null) {
        postmaster.stop();
      }
      lock.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private void prepareRoles() throws IOException {
    try {
      roles().prepare(DATABASE);
    } catch (SQLException e) {
      throw new PostgresFailure("PostgreSQL has started but its roles cannot be set up", e);
    }
  }

  /** Not kept: who works on the data has no use for the superuser's password. */
  private Roles roles() throws IOException {
    return new Roles(port, password, cluster.superuserPassword());
  }

  /**
   * Creates an empty database that belongs to {@link #user()}, for programs that do not work in
   * schemas of their own.
   *
   * @param name in lower case letters, digits and underscores
   * @return its URL
   */
  public String createDatabase(String name) {
    requireName(name);
    try {
      roles().createDatabase(name);
      return jdbcUrl(name);
    } catch (IOException | SQLException e) {
      throw new PostgresFailure("the database " + name + " cannot be created", e);
    }
  }

  /**
   * A database with a role of its own. The role may create schemas in this database, as {@link
   * #user()} may in {@value #DATABASE}, and may not connect to any other. Both are created unless
   * they exist.
   *
   * @param name of both, in lower case letters, digits and underscores
   */
  public DatabaseLogin ownDatabase(String name) {
    requireName(name);
    try {
      Path passwordFile = cluster.passwordFile(name);
      roles().prepareOwn(name, Files.readString(passwordFile).strip());
      return new DatabaseLogin(jdbcUrl(name), name, passwordFile);
    } catch (IOException | SQLException e) {
      throw new PostgresFailure("the database " + name + " cannot be created", e);
    }
  }

  private static void requireName(String name) {
    if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException(
          "name must match [a-z][a-z0-9_]{0,62}, was \"%s\"".formatted(name));
    }
  }

  /** The database {@value #DATABASE} and the role to work as. */
  public DatabaseLogin login() {
    return new DatabaseLogin(jdbcUrl(), user(), cluster.passwordFile());
  }

  /** URL of the database {@value #DATABASE}; the same for as long as this runs. */
  public String jdbcUrl() {
    return jdbcUrl(DATABASE);
  }

  /** URL of another database of this server. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /**
   * The role to work as. It is no superuser; in {@value #DATABASE} it may create schemas, and it
   * owns only those.
   */
  public String user() {
    return Roles.SERVICES;
  }

  /** The password of {@link #user()}. */
  public String password() {
    return password;
  }

  public int port() {
    return port;
  }

  /** The data folder, as a real path. */
  public Path dataFolder() {
    return dataFolder;
  }

  /** The server's process id. A repair changes it. */
  public long pid() {
    synchronized (guard) {
      return postmaster.pid();
    }
  }

  public Status status() {
    synchronized (guard) {
      return status;
    }
  }

  /** How often the server has died and was restarted. */
  public int repairs() {
    synchronized (guard) {
      return repairs;
    }
  }

  private void watch(Postmaster watched) {
    var _ = watched.ended().thenRun(this::died);
  }

  private void died() {
    synchronized (guard) {
      if (status != Status.RUNNING) {
        return;
      }
      status = Status.REPAIRING;
      if (System.nanoTime() - runningSince > HEALTHY.toNanos()) {
        attempts = 0;
      }
      repairer = Thread.ofPlatform().name("postgres-repair").start(this::repair);
    }
  }

  private void repair() {
    log.error("postgres died, starting it again: folder={}", dataFolder);
    long died = System.nanoTime();
    Duration pause = FIRST_PAUSE;
    try {
      while (attempts < REPAIR_ATTEMPTS) {
        attempts++;
        try {
          cluster.stopLeftovers();
          repaired(Postmaster.start(cluster, settings.with(port, cluster.socketFolder())));
          log.info("postgres is running again: ms={}", (System.nanoTime() - died) / 1_000_000);
          return;
        } catch (IOException | PostgresFailure e) {
          log.warn(
              "postgres did not start, trying again: attempt={} error={}",
              attempts,
              e.getMessage());
        }
        Thread.sleep(pause);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
      }
      log.error("postgres cannot be started again, restart the program: folder={}", dataFolder);
      synchronized (guard) {
        status = status == Status.CLOSED ? status : Status.LOST;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.info("postgres is being closed, its restart is given up");
    }
  }

  private void repaired(Postmaster restarted) {
    synchronized (guard) {
      postmaster = restarted;
      runningSince = System.nanoTime();
      repairs++;
      if (status == Status.REPAIRING) {
        status = Status.RUNNING;
      }
    }
    watch(restarted);
  }

  /**
   * Shuts the server down and releases the data folder. Open sessions are ended.
   *
   * @throws PostgresFailure if the server could not be stopped
   */
  @Override
  public void close() {
    Thread repairing;
    synchronized (guard) {
      if (status == Status.CLOSED) {
        return;
      }
      status = Status.CLOSED;
      repairing = repairer;
    }
    try {
      if (repairing != null) {
        repairing.interrupt();
        repairing.join();
      }
      postmaster.stop();
      lock.close();
      log.info("postgres stopped: folder={}", dataFolder);
    } catch (IOException e) {
      throw new PostgresFailure("PostgreSQL could not be stopped in " + dataFolder, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresFailure("interrupted while PostgreSQL was stopping", e);
    }
  }
}
