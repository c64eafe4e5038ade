package dev.reserva.bench;

import java.util.List;

/** The median, minimum and maximum of some values. */
public record Spread(double median, double min, double max) {

  /**
   * @param values one or more, in any order
   */
  public static Spread of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("values must be 1 or more, were 0");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    return new Spread(median, sorted.getFirst(), sorted.getLast());
  }
}
