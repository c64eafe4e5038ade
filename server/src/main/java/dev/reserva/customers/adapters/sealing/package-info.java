/**
 * The keys of customers, as the platform keeps them.
 *
 * <p>Start reading at {@link dev.reserva.customers.adapters.sealing.SubjectPersonalKeys}.
 */
@NullMarked
package dev.reserva.customers.adapters.sealing;

import org.jspecify.annotations.NullMarked;
