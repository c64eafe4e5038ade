/**
 * Customers, users and their values.
 *
 * <p>Start reading at {@link dev.reserva.customers.domain.Customer} and {@link
 * dev.reserva.customers.domain.User}. Pure Java: no clock, no framework, no SQL.
 */
@NullMarked
package dev.reserva.customers.domain;

import org.jspecify.annotations.NullMarked;
