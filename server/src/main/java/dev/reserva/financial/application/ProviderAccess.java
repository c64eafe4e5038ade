package dev.reserva.financial.application;

import java.util.random.RandomGenerator;

/**
 * How a process reaches the provider.
 *
 * @param random spreads the pauses between attempts; thread-safe
 * @param carrier carries the calls
 */
public record ProviderAccess(
    PaymentProvider provider, CallPolicy policy, RandomGenerator random, Calls.Carrier carrier) {

  /** Each call runs on a virtual thread of its own. */
  public ProviderAccess(PaymentProvider provider, CallPolicy policy, RandomGenerator random) {
    this(provider, policy, random, OutboundCalls.CARRIER);
  }
}
