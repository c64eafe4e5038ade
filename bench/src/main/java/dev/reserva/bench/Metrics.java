package dev.reserva.bench;

/** Reads metrics in the text format of Prometheus. */
final class Metrics {
  private Metrics() {}

  /**
   * The sum over all series whose lines begin with a prefix.
   *
   * @param text lines such as {@code name{label="value",} 1.5E7}
   */
  static long sum(String text, String series) {
    double sum = 0;
    boolean found = false;
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(series)) {
        sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
        found = true;
      }
    }
    if (!found) {
      throw new BenchFailure("the server has no metric " + series);
    }
    return (long) sum;
  }
}
