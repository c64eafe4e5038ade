/**
 * The use cases of customers, accounts, sessions, second factors and API keys, one class each, and
 * their ports.
 *
 * <p>Start reading at {@link dev.reserva.customers.application.RegisterCustomer} and {@link
 * dev.reserva.customers.application.EndSessions}. The domain decides what is allowed. The adapters
 * check beforehand who may call.
 */
@NullMarked
package dev.reserva.customers.application;

import org.jspecify.annotations.NullMarked;
