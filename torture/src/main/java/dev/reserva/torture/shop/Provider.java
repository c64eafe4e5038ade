package dev.reserva.torture.shop;

import java.util.Map;

/** The payment provider's own record of charges. */
@FunctionalInterface
public interface Provider {

  /** All charges by their keys, which are the payments' ids. */
  Map<String, Charge> charges() throws Exception;

  /**
   * One charge.
   *
   * @param captured in cents
   * @param refunded in cents
   */
  record Charge(String key, long captured, long refunded) {}
}
