/**
 * Who may order, and who may log in: customers, their accounts and those of staff, sessions, second
 * factors, API keys, and the erasure of a person.
 *
 * <p>Start reading at {@link dev.reserva.customers.application.RegisterCustomer} (customers),
 * {@link dev.reserva.customers.application.LogIn} and {@link
 * dev.reserva.customers.application.StartSession} (log-ins), and {@link
 * dev.reserva.customers.application.EndSessions} (what ends them); the wiring is {@link
 * dev.reserva.customers.CustomersConfiguration}.
 *
 * <p>It never knows what a customer ordered, only that sales reports no open order.
 */
@NullMarked
package dev.reserva.customers;

import org.jspecify.annotations.NullMarked;
