package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.transport.Transport;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The parts that all subscription loops of a process share.
 *
 * @param local lets subscriptions handle events in their publishing transactions; the same that the
 *     transactions use
 * @param random adds jitter to retries
 * @param owner identifies this process as the owner of its claims
 * @param nanoTime a clock that only moves forward, {@code System::nanoTime}
 */
public record LoopParts(
    Transport transport,
    Transactions transactions,
    Cursors cursors,
    Parking parking,
    LocalDelivery local,
    RandomGenerator random,
    UUID owner,
    LongSupplier nanoTime) {}
