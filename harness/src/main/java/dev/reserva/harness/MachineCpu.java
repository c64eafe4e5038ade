package dev.reserva.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * CPU time of all processors of the machine since it started, as {@code /proc/stat} counts it.
 *
 * @param busy time used by processes, the kernel and its interrupts
 * @param stolen time that the host gave to other virtual machines while this one was ready to run
 * @param all all of the time, idle time included
 */
public record MachineCpu(Duration busy, Duration stolen, Duration all) {
  // Fields of the line "cpu": user, nice, system, idle, iowait, irq, softirq, steal. The guest
  // times
  // that follow are contained in user and nice.
  private static final int[] BUSY = {0, 1, 2, 5, 6};
  private static final int STOLEN = 7;
  private static final int FIELDS = 8;

  public static MachineCpu now() throws IOException {
    return read(Files.readString(Path.of("/proc/stat")));
  }

  static MachineCpu read(String stat) {
    String line =
        stat.lines()
            .filter(each -> each.startsWith("cpu "))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("/proc/stat has no line \"cpu\""));
    long[] ticks =
        Arrays.stream(line.substring(4).strip().split(" +", -1))
            .limit(FIELDS)
            .mapToLong(Long::parseLong)
            .toArray();
    return new MachineCpu(
        ProcessCpu.TICK.multipliedBy(Arrays.stream(BUSY).mapToLong(field -> ticks[field]).sum()),
        ProcessCpu.TICK.multipliedBy(ticks[STOLEN]),
        ProcessCpu.TICK.multipliedBy(Arrays.stream(ticks).sum()));
  }

  /** The time used since an earlier reading. */
  public MachineCpu since(MachineCpu then) {
    return new MachineCpu(busy.minus(then.busy), stolen.minus(then.stolen), all.minus(then.all));
  }

  /** A part of all time in percent; 0 if no time has passed. */
  public double percent(Duration part) {
    return all.isZero() ? 0 : 100.0 * part.toNanos() / all.toNanos();
  }
}
