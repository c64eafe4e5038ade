/**
 * HTTP in front of the use cases.
 *
 * <p>Start reading at {@link dev.reserva.customers.adapters.web.CustomersController}. No rule of
 * customers lives here; who may see whom does.
 */
@NullMarked
package dev.reserva.customers.adapters.web;

import org.jspecify.annotations.NullMarked;
