package dev.reserva.bench.transports;

import org.jspecify.annotations.Nullable;

/**
 * What a system sends over its broker, and what the broker would carry.
 *
 * @param messagesPerOrder events that the relays send for each order
 * @param limit absent if nothing is sent
 * @param ordersPerSecondAtLimit orders whose messages the broker would carry, if nothing but the
 *     load tool used the machine; absent if nothing is sent
 * @param percentOfLimit the system's best rate, in percent of that
 */
record Traffic(
    double messagesPerOrder,
    @Nullable BrokerLimit limit,
    @Nullable Double ordersPerSecondAtLimit,
    @Nullable Double percentOfLimit) {

  static Traffic none(double messagesPerOrder) {
    return new Traffic(messagesPerOrder, null, null, null);
  }

  static Traffic of(double messagesPerOrder, BrokerLimit limit, double ordersPerSecond) {
    double atLimit = limit.messagesPerSecond() / messagesPerOrder;
    return new Traffic(messagesPerOrder, limit, atLimit, 100 * ordersPerSecond / atLimit);
  }
}
