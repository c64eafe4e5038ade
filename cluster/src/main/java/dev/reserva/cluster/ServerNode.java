package dev.reserva.cluster;

import dev.reserva.harness.Children;
import dev.reserva.harness.GuardedProcess;
import dev.reserva.harness.HarnessFailure;
import dev.reserva.harness.HttpConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A process of the server's program: that of a service, or the gateway. */
final class ServerNode implements Program {
  private static final String READINESS = "/actuator/health/readiness";
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);
  private static final Duration PROBE_PAUSE = Duration.ofMillis(100);

  private final PlannedProcess planned;
  private final Path jar;
  private final Launch launch;
  private final Path log;
  private volatile @Nullable GuardedProcess process;

  /**
   * @param jar the server's packaged program
   * @param log its output is appended to it
   */
  ServerNode(PlannedProcess planned, Path jar, Launch launch, Path log) {
    this.planned = planned;
    this.jar = jar;
    this.launch = launch;
    this.log = log;
  }

  @Override
  public String role() {
    return planned.role();
  }

  @Override
  public int instance() {
    return planned.instance();
  }

  @Override
  public int port() {
    return planned.port();
  }

  @Override
  public void start(BooleanSupplier wanted) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(launch.javaOptions());
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(launch.arguments());
    ProcessBuilder builder = Children.builder(command);
    builder.environment().putAll(launch.environment());
    GuardedProcess started = GuardedProcess.start(builder, log);
    process = started;
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (wanted.getAsBoolean() && !isReady()) {
      if (!started.isAlive()) {
        throw new HarnessFailure(
            "it ended with %d:%n%s".formatted(started.awaitEnd(), started.lastLogLines()));
      }
      if (System.nanoTime() > end) {
        throw new HarnessFailure(
            "it is not ready after %d s:%n%s"
                .formatted(START_LIMIT.toSeconds(), started.lastLogLines()));
      }
      Thread.sleep(PROBE_PAUSE);
    }
  }

  private boolean isReady() {
    try (HttpConnection connection = new HttpConnection(planned.url(), PROBE_LIMIT)) {
      return connection.get(READINESS, "").status() == 200;
    } catch (IOException e) {
      return false; // it does not listen yet
    }
  }

  @Override
  public int awaitEnd() throws InterruptedException {
    GuardedProcess current = process;
    if (current == null) {
      throw new IllegalStateException("not started");
    }
    return current.awaitEnd();
  }

  @Override
  public long pid() {
    GuardedProcess current = process;
    return current != null && current.isAlive() ? current.pid() : 0;
  }

  @Override
  public void stop(Duration limit) throws InterruptedException {
    GuardedProcess current = process;
    if (current != null && current.isAlive()) {
      current.stop(limit);
    }
  }

  @Override
  public void kill() throws InterruptedException {
    GuardedProcess current = process;
    if (current != null && current.isAlive()) {
      current.kill();
    }
  }
}
