package dev.reserva.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Memory of processes, as the kernel counts it (proc(5)). */
final class Memory {
  private static final int KIB = 10;

  private Memory() {}

  /** Resident memory of a process in bytes; 0 if it does not run. */
  static long of(long pid) {
    return field(pid, "status", "VmRSS:");
  }

  /**
   * Memory of a process and its descendants in bytes. What several of them share, such as the
   * buffers of PostgreSQL, counts once.
   */
  static long ofTree(long pid) {
    return ProcessHandle.of(pid)
        .map(root -> {
          try (Stream<ProcessHandle> descendants = root.descendants()) {
            return Stream.concat(Stream.of(root), descendants)
                .mapToLong(each -> field(each.pid(), "smaps_rollup", "Pss:"))
                .sum();
          }
        })
        .orElse(0L);
  }

  private static long field(long pid, String file, String name) {
    if (pid == 0) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/" + file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << KIB)
          .findFirst()
          .orElse(0);
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0; // it has ended
    }
  }
}
