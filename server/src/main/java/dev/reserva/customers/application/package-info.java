/**
 * The use cases of customers and users, one class each, and their ports.
 *
 * <p>Start reading at {@link dev.reserva.customers.application.RegisterCustomer}. The domain
 * decides what is allowed. The adapters check beforehand who may call.
 */
@NullMarked
package dev.reserva.customers.application;

import org.jspecify.annotations.NullMarked;
