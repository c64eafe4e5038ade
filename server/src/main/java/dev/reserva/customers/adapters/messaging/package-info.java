/**
 * What the customers service hears from the others.
 *
 * <p>Start reading at {@link dev.reserva.customers.adapters.messaging.CustomersMessages}.
 */
@NullMarked
package dev.reserva.customers.adapters.messaging;

import org.jspecify.annotations.NullMarked;
