package dev.reserva.harness;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The machine on which figures were measured.
 *
 * @param loadAverage over the minute before the run; shows what else was running
 */
public record Machine(
    String processor, int cores, long memoryMib, String kernel, String java, double loadAverage) {

  public static Machine here() throws IOException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Machine(
        processor(Files.readAllLines(Path.of("/proc/cpuinfo"))),
        system.getAvailableProcessors(),
        system.getTotalMemorySize() >> 20,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Runtime.version().toString(),
        system.getSystemLoadAverage());
  }

  public static String processor(List<String> cpuInfo) {
    return cpuInfo.stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }
}
