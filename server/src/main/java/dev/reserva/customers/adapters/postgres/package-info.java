/**
 * Customers, users, sessions, links, second factors and erasures in the schema {@code customers}.
 *
 * <p>Start reading at {@link dev.reserva.customers.adapters.postgres.PostgresCustomers}. Rules are
 * in the domain.
 */
@NullMarked
package dev.reserva.customers.adapters.postgres;

import org.jspecify.annotations.NullMarked;
