package dev.reserva.bench;

import dev.reserva.harness.Children;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replays a shop's history at full speed, with the server's own {@code replay} command. */
final class History {
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private static final Pattern SUMMARY =
      Pattern.compile(
          "([0-9.]+) s, ([0-9]+) orders/s; from the request to CONFIRMED: p50 ([0-9.]+) ms, p99 ([0-9.]+) ms");

  private History() {}

  /**
   * The summary of the replay.
   *
   * @param file name of the file
   * @param seconds from the first order to the decision of the last one; products and customers are
   *     created meanwhile
   * @param foreign CPU time of other processes
   */
  record Figures(
      String file,
      double seconds,
      double ordersPerSecond,
      double p50Millis,
      double p99Millis,
      ForeignCpu foreign) {}

  /**
   * @throws BenchFailure when replay ends with another code than 0: a line is not accounted for, a
   *     request has failed or an invariant is broken
   */
  static Figures replay(Path jar, Path file, URI url, ServerProcess server)
      throws IOException, InterruptedException {
    CpuTime before = server.cpuTime();
    Process replay =
        Children.builder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", // as the launcher does for a short-lived client
                    "-XX:+UseSerialGC",
                    "-jar",
                    jar.toString(),
                    "replay",
                    file.toString(),
                    "--url",
                    url.toString(),
                    "--data",
                    server.data().toString()))
            .redirectErrorStream(true)
            .start();
    // Its output is short. The guard ends it after the limit.
    Thread guard = Thread.ofVirtual().start(() -> endAfterLimit(replay));
    String output;
    try {
      output = new String(replay.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      guard.join();
    }
    if (replay.waitFor() != 0) {
      throw new BenchFailure("the replay ended with %d:%n%s".formatted(replay.exitValue(), output));
    }
    ForeignCpu foreign = server.cpuTime().since(before).foreign();
    return read(String.valueOf(file.getFileName()), output, foreign);
  }

  private static void endAfterLimit(Process replay) {
    try {
      if (!replay.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        replay.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static Figures read(String file, String output, ForeignCpu foreign) {
    Matcher summary = SUMMARY.matcher(output);
    if (!summary.find()) {
      throw new BenchFailure("the replay has no summary:\n" + output);
    }
    return new Figures(
        file,
        Double.parseDouble(summary.group(1)),
        Double.parseDouble(summary.group(2)),
        Double.parseDouble(summary.group(3)),
        Double.parseDouble(summary.group(4)),
        foreign);
  }
}
