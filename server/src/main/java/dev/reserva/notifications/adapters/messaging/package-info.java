/**
 * What notifications hears: turns the events of all services into facts that somebody is told.
 *
 * <p>Start reading at {@link dev.reserva.notifications.adapters.messaging.FactMessages}.
 *
 * <p>Nothing is decided in here.
 */
@NullMarked
package dev.reserva.notifications.adapters.messaging;

import org.jspecify.annotations.NullMarked;
