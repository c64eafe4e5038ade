/**
 * How events get from the log they were appended to, to the subscriptions that hear them: chosen by
 * configuration, with the same guarantees.
 *
 * <p>A {@link dev.reserva.messaging.transport.Transport} delivers at least once and in order per
 * key; everything else (exactly-once effects, parking, retries, dead letters) is the same whatever
 * brought a message, and lives in {@code delivery} and the consumer's database.
 */
@NullMarked
package dev.reserva.messaging.transport;

import org.jspecify.annotations.NullMarked;
