/**
 * Notifications: tells customers and operators what has happened.
 *
 * <p>It decides who is told which fact, in which words and language, by which channel and when.
 * Start reading at {@link dev.reserva.notifications.domain.Fact} (what is told), {@link
 * dev.reserva.notifications.application.HearFacts} (how a fact becomes a message) and {@link
 * dev.reserva.notifications.application.SendMessages} (how a message leaves); {@link
 * dev.reserva.notifications.NotificationsConfiguration} wires the service.
 *
 * <p>It never takes part in the transaction of an order, and it changes nothing but its own
 * messages.
 */
@NullMarked
package dev.reserva.notifications;

import org.jspecify.annotations.NullMarked;
