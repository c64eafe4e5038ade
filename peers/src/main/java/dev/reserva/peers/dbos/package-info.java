/**
 * The saga on DBOS Transact: one workflow of durable steps. Start reading at {@link
 * dev.reserva.peers.dbos.DurableOrders}.
 *
 * <p>Steps on the database are transactional steps, so that DBOS records a step's result in the
 * step's own transaction. The provider's call is an ordinary step: it may run again after a crash,
 * and the charge's key then keeps it from taking the money twice.
 */
@NullMarked
package dev.reserva.peers.dbos;

import org.jspecify.annotations.NullMarked;
