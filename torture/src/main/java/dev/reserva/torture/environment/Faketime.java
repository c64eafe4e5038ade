package dev.reserva.torture.environment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shifts the wall clock of a process with the library libfaketime, if it is installed. */
public final class Faketime {
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/local/lib/faketime/libfaketimeMT.so.1"));

  private final Path library;

  private Faketime(Path library) {
    this.library = library;
  }

  public static Optional<Faketime> find() {
    return LIBRARIES.stream().filter(Files::isReadable).findFirst().map(Faketime::new);
  }

  /** The reason when the library is not found. */
  public static String missing() {
    return "libfaketime is not installed (Debian: apt install faketime); looked for " + LIBRARIES;
  }

  /**
   * Environment variables that shift the wall clock of a process. The monotonic clock, which
   * measures pauses and time-outs, is not shifted.
   */
  public Map<String, String> shifted(Duration by) {
    return Map.of(
        "LD_PRELOAD",
        library.toString(),
        "FAKETIME",
        "%+d".formatted(by.toSeconds()),
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        "DONT_FAKE_MONOTONIC",
        "1",
        // Its fix for old C libraries makes the waits of a JVM return at once.
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }
}
