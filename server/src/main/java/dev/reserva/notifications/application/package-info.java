/**
 * The use cases of notifications, one class each, and their ports.
 *
 * <p>Start reading at {@link dev.reserva.notifications.application.HearFacts} and {@link
 * dev.reserva.notifications.application.SendMessages}. Facts become messages in the transaction
 * that handles them; messages are sent later, outside of any transaction.
 *
 * <p>Templates, SQL, SMTP and HTTP are in the adapters.
 */
@NullMarked
package dev.reserva.notifications.application;

import org.jspecify.annotations.NullMarked;
