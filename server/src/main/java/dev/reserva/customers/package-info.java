/**
 * Who may order, and who may log in.
 *
 * <p>Start reading at {@link dev.reserva.customers.application.RegisterCustomer} and {@link
 * dev.reserva.customers.application.LogIn}; the wiring is {@link
 * dev.reserva.customers.CustomersConfiguration}.
 *
 * <p>It never knows what a customer ordered.
 */
@NullMarked
package dev.reserva.customers;

import org.jspecify.annotations.NullMarked;
