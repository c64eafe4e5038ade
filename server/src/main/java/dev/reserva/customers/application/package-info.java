/**
 * What can be done with customers and users: one class per thing.
 *
 * <p>Start reading at {@link dev.reserva.customers.application.RegisterCustomer}. It orchestrates;
 * whether something is allowed, the domain says. Who may ask is judged before.
 */
@NullMarked
package dev.reserva.customers.application;

import org.jspecify.annotations.NullMarked;
