package dev.reserva.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One server for all tests that do not disturb it. The first test starts it, and it stops when the
 * tests end.
 */
final class SharedServer {

  private static @Nullable ReservaProcess process;

  private SharedServer() {}

  static synchronized ReservaProcess get() {
    if (process == null) {
      try {
        Path folder = Files.createTempDirectory("reserva-system-test");
        ReservaProcess started =
            ReservaProcess.start(
                folder.resolve("data"),
                "reserva.http.limits.sign-ups=1000000"); // all tests share an address
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(() -> {
                  started.close();
                  delete(folder);
                }));
        process = started;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return process;
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      System.err.println("could not delete " + folder + ": " + e.getMessage());
    }
  }
}
