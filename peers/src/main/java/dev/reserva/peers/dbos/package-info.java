/**
 * The saga on DBOS Transact: one workflow of durable steps. Start reading at {@link
 * dev.reserva.peers.dbos.DurableOrders}.
 *
 * <p>Steps on the database are transactional steps, so that DBOS records a step's result in the
 * step's own transaction. The provider's call is an ordinary step. It may run again after a crash;
 * the charge's key then prevents a second capture.
 */
@NullMarked
package dev.reserva.peers.dbos;

import org.jspecify.annotations.NullMarked;
