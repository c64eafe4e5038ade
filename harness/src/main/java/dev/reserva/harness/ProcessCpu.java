package dev.reserva.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * CPU time of processes, as {@code /proc/PID/stat} counts it (proc(5)). The resolution is 10 ms.
 *
 * <p>The time of a process that ended is added to its parent when the parent waits for it, so the
 * time of short-lived workers of PostgreSQL is counted.
 */
public final class ProcessCpu {
  /** The kernel reports times in units of 1/100 s on all platforms that Java runs on (USER_HZ). */
  static final Duration TICK = Duration.ofMillis(10);

  /** Fields 14 and 15, counted from the field behind the command's closing parenthesis. */
  private static final int OWN = 11;

  /** Fields 16 and 17. */
  private static final int WAITED_FOR = 13;

  private ProcessCpu() {}

  /** CPU time of one process, all its threads included; zero if the process is gone. */
  public static Duration of(ProcessHandle process) {
    return TICK.multipliedBy(own(stat(process.pid())));
  }

  /** CPU time of one process and of its children that have ended. */
  public static Duration withEnded(ProcessHandle process) {
    String stat = stat(process.pid());
    return TICK.multipliedBy(own(stat) + waitedFor(stat));
  }

  /** CPU time of all descendants of a process, including those that have ended. */
  public static Duration ofDescendants(ProcessHandle process) {
    try (Stream<ProcessHandle> descendants = process.descendants()) {
      return TICK.multipliedBy(
          descendants
              .mapToLong(each -> {
                String stat = stat(each.pid());
                return own(stat) + waitedFor(stat);
              })
              .sum());
    }
  }

  /** Ticks of the process itself. */
  static long own(String stat) {
    return sumOfTwo(stat, OWN);
  }

  /** Ticks of its children that have ended and were waited for. */
  static long waitedFor(String stat) {
    return sumOfTwo(stat, WAITED_FOR);
  }

  private static long sumOfTwo(String stat, int first) {
    if (stat.isEmpty()) {
      return 0;
    }
    // The command may contain blanks and parentheses.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[first]) + Long.parseLong(fields[first + 1]);
  }

  private static String stat(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/stat"));
    } catch (IOException e) {
      // The process has ended; the next reading of its parent contains its time.
      return "";
    }
  }
}
