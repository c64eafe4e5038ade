package dev.reserva.peers;

import java.util.Collection;
import java.util.Locale;

/** The median of some figures, and the range in which all of them lie. */
record Spread(double median, double min, double max) {

  static Spread of(Collection<Double> figures) {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one figure");
    }
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /**
   * The median alone.
   *
   * @param decimals of the figure
   */
  String medianText(int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", median);
  }

  /**
   * The median and the range.
   *
   * @param decimals of each figure
   */
  String text(int decimals) {
    String number = "%." + decimals + "f";
    return String.format(
        Locale.ROOT, number + " [" + number + "–" + number + "]", median, min, max);
  }
}
