package dev.reserva.messaging;

import java.util.random.RandomGenerator;

/**
 * A generator that always draws the same number.
 *
 * @param nextDouble 0..1
 */
public record FixedRandom(double nextDouble) implements RandomGenerator {
  @Override
  public long nextLong() {
    throw new UnsupportedOperationException();
  }
}
