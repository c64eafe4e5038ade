/**
 * The loops: consume, park, retry, give up, and the workers of the services.
 *
 * <p>Start reading at {@link dev.reserva.messaging.delivery.SubscriptionRunner}: its {@code step()}
 * is all that happens to a message. {@link dev.reserva.messaging.delivery.RunningBackbone} gives
 * each runner its thread.
 *
 * <p>Time comes from the database, by which leases and retries are judged; nothing in here knows
 * SQL or a broker.
 */
@NullMarked
package dev.reserva.messaging.delivery;

import org.jspecify.annotations.NullMarked;
