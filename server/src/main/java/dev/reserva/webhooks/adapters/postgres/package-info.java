/**
 * The tables of webhooks.
 *
 * <p>Start reading at {@link dev.reserva.webhooks.adapters.postgres.PostgresDeliveries}. The rules
 * are in the domain.
 */
@NullMarked
package dev.reserva.webhooks.adapters.postgres;

import org.jspecify.annotations.NullMarked;
