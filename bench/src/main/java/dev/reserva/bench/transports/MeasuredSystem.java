package dev.reserva.bench.transports;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** A running system on temporary folders, which are deleted with it. */
sealed interface MeasuredSystem extends AutoCloseable permits OneProcess, SplitSystem {
  /** The name of the database in {@link #cpu()}. */
  String DATABASE = "postgres";

  SystemKind kind();

  /** Where it takes orders. */
  URI url();

  String adminPassword() throws IOException;

  /**
   * CPU time that its processes have used, by what they are: services, {@code gateway}, the broker
   * and {@link #DATABASE}. In the order of the table.
   */
  Map<String, Duration> cpu();

  /** How many processes of the server's program it has. */
  int processes();

  @Override
  void close() throws IOException;
}
