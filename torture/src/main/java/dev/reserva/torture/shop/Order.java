package dev.reserva.torture.shop;

import java.util.Map;

/**
 * An order as a buyer means it: what he may hold the shop to.
 *
 * @param key its Idempotency-Key
 * @param lines quantity by product id
 * @param cents what it costs in all
 * @param fate what its payment token makes of it when nothing goes wrong
 * @param json the request's body
 */
public record Order(String key, Map<String, Integer> lines, long cents, Fate fate, String json) {

  /** How an order ends that nothing goes wrong with. */
  public enum Fate {
    CONFIRMED,
    /** Cancelled, because the payment is declined. */
    CANCELLED
  }
}
