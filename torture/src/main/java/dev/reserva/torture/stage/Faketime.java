package dev.reserva.torture.stage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shifts the wall clock of a process by the library libfaketime, where it is installed. */
public final class Faketime {
  private static final List<Path> USUAL_PLACES =
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
    return USUAL_PLACES.stream().filter(Files::isReadable).findFirst().map(Faketime::new);
  }

  /** What to tell those who do not have it. */
  public static String missing() {
    return "libfaketime is not installed (Debian: apt install faketime); looked at " + USUAL_PLACES;
  }

  /**
   * The environment of a process that lives so much later, or earlier. Only the clock on the wall
   * is shifted: pauses and time limits are measured by another, which goes on as it does
   * everywhere.
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
        // Its mending of old C libraries makes waits of a JVM end at once.
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }
}
