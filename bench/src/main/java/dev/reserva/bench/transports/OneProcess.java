package dev.reserva.bench.transports;

import dev.reserva.bench.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All services in one process, which is started as {@code ./reserva up} does. */
final class OneProcess implements MeasuredSystem {
  private final SystemKind kind;
  private final ServerProcess server;
  private final @Nullable PrivateBroker broker;
  private final URI url;

  private OneProcess(
      SystemKind kind, ServerProcess server, @Nullable PrivateBroker broker, URI url) {
    this.kind = kind;
    this.server = server;
    this.broker = broker;
    this.url = url;
  }

  /**
   * Starts it and waits until it is up.
   *
   * @param broker absent with PostgreSQL alone; its owner closes it
   */
  static OneProcess start(
      SystemKind kind, Path jar, List<String> javaOptions, @Nullable PrivateBroker broker)
      throws IOException, InterruptedException {
    ServerProcess server =
        ServerProcess.start(jar, javaOptions, broker == null ? Map.of() : broker.variables());
    try {
      return new OneProcess(kind, server, broker, server.awaitUp());
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  @Override
  public SystemKind kind() {
    return kind;
  }

  @Override
  public URI url() {
    return url;
  }

  @Override
  public String adminPassword() throws IOException {
    return server.adminPassword();
  }

  @Override
  public Map<String, Duration> cpu() {
    Map<String, Duration> cpu = new LinkedHashMap<>();
    cpu.put("server", server.jvmCpu());
    if (broker != null) {
      cpu.put(kind.transport().label(), broker.cpu());
    }
    cpu.put(DATABASE, server.databaseCpu());
    return cpu;
  }

  @Override
  public int processes() {
    return 1;
  }

  @Override
  public void close() {
    server.close();
  }
}
