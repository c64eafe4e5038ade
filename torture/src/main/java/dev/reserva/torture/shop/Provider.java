package dev.reserva.torture.shop;

import java.util.Map;

/** The payment provider as a witness: what it says that it has taken. */
@FunctionalInterface
public interface Provider {

  /** All charges by their key, which is the payment's id. */
  Map<String, Charge> charges() throws Exception;

  /**
   * One charge.
   *
   * @param captured what was taken, in cents
   * @param refunded what was given back of it, in cents
   */
  record Charge(String key, long captured, long refunded) {}
}
