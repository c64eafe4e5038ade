/**
 * The HTTP API of customers, users and tokens.
 *
 * <p>Start reading at {@link dev.reserva.customers.adapters.web.CustomersController}. The
 * controllers decide who may see which customer. The rules are in the domain.
 */
@NullMarked
package dev.reserva.customers.adapters.web;

import org.jspecify.annotations.NullMarked;
