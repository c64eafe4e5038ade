/**
 * Notifications' tables on PostgreSQL, schema {@code notifications}: one class per port, its SQL on
 * top.
 *
 * <p>Start reading at {@link dev.reserva.notifications.adapters.postgres.PostgresMessages}.
 *
 * <p>Only the history begins transactions in here, because it may be on another database.
 */
@NullMarked
package dev.reserva.notifications.adapters.postgres;

import org.jspecify.annotations.NullMarked;
