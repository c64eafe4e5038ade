package dev.reserva.torture.shop;

import java.util.Map;

/**
 * An order as its buyer expects it.
 *
 * @param key its Idempotency-Key
 * @param lines quantity by product id
 * @param cents its total
 * @param expected its final status without a fault, by its payment token
 * @param json the request's body
 */
public record Order(
    String key, Map<String, Integer> lines, long cents, ExpectedStatus expected, String json) {

  /** The final status of an order without a fault. */
  public enum ExpectedStatus {
    CONFIRMED,
    /** The payment is declined. */
    CANCELLED
  }
}
