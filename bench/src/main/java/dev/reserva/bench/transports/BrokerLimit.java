package dev.reserva.bench.transports;

/**
 * What a broker carries while nothing else uses it.
 *
 * @param tool the program that measured it
 * @param messagesPerSecond published, confirmed, and consumed at the same time
 * @param bytes size of each message
 */
record BrokerLimit(String tool, double messagesPerSecond, int bytes) {}
