package dev.reserva.postgres;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * PostgreSQL's settings, chosen for the machine. They are passed on the command line, so that a
 * newer version of this program applies its own settings to existing data.
 */
final class Settings {
  private static final long MIB = 1L << 20;

  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = values;
  }

  static Settings forThisMachine() {
    return forMemory(
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
  }

  /**
   * @param bytes memory of the machine or the container, which the Java process shares
   */
  static Settings forMemory(long bytes) {
    long mib = bytes / MIB;
    Map<String, String> values = new LinkedHashMap<>();
    values.put("listen_addresses", "127.0.0.1");
    values.put("max_connections", "200");
    values.put("password_encryption", "scram-sha-256");

    // An acknowledged commit survives a crash. These are the defaults, stated explicitly.
    values.put("fsync", "on");
    values.put("synchronous_commit", "on");
    values.put("full_page_writes", "on");

    // An eighth of the memory, because Java and the page cache need the rest.
    values.put("shared_buffers", Math.clamp(mib / 8, 64, 2048) + "MB");
    values.put("effective_cache_size", Math.clamp(mib / 2, 256, 1 << 20) + "MB");
    values.put("work_mem", "16MB");
    values.put("maintenance_work_mem", Math.clamp(mib / 32, 64, 512) + "MB");

    // Few, even checkpoints: after each one, the first change of a page logs the whole page.
    values.put("wal_buffers", "16MB");
    values.put("min_wal_size", "256MB");
    values.put("max_wal_size", Math.clamp(mib / 4, 1024, 4096) + "MB");
    values.put("checkpoint_timeout", "15min");

    // Short statements on local disks: no JIT, and random reads cost little.
    values.put("jit", "off");
    values.put("random_page_cost", "1.1");
    // Queues and counters produce many dead rows.
    values.put("autovacuum_naptime", "15s");
    values.put("autovacuum_vacuum_scale_factor", "0.05");
    // Look-ups by key have the same plan whatever the statistics say, and a new table that grows
    // fast
    // would otherwise be analyzed every 15 s.
    values.put("autovacuum_analyze_scale_factor", "0.5");

    // The client gets the errors. In the log they would fill the disk with keys and values that may
    // be personal.
    values.put("log_min_messages", "log");
    values.put("log_min_error_statement", "panic");
    values.put("log_checkpoints", "off");
    values.put("log_line_prefix", "%m [%p] ");
    values.put("log_timezone", "UTC");
    values.put("timezone", "UTC");
    return new Settings(values);
  }

  /** These settings with others replaced or added. */
  Settings with(Map<String, String> overrides) {
    Map<String, String> merged = new LinkedHashMap<>(values);
    merged.putAll(overrides);
    return new Settings(merged);
  }

  Settings with(int port, Path socketFolder) {
    // A socket's path has at most 107 bytes (unix(7)). Below deeper folders only TCP is used.
    boolean fits = socketFolder.resolve(".s.PGSQL.65535").toString().length() <= 107;
    return with(
        Map.of(
            "port",
            Integer.toString(port),
            "unix_socket_directories",
            fits ? socketFolder.toString() : "",
            "unix_socket_permissions",
            "0700"));
  }

  Map<String, String> values() {
    return Map.copyOf(values);
  }

  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    values.forEach((name, value) -> {
      arguments.add("-c");
      arguments.add(name + "=" + value);
    });
    return arguments;
  }
}
