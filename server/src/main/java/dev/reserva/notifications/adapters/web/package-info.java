/**
 * Notifications over HTTP: reads requests into checked values, hands them to a use case, and writes
 * what came of it.
 *
 * <p>Start reading at {@link dev.reserva.notifications.adapters.web.NotificationsController}. Who
 * may call what is in {@link dev.reserva.notifications.adapters.web.NotificationRoutes}.
 *
 * <p>Nothing is decided in here.
 */
@NullMarked
package dev.reserva.notifications.adapters.web;

import org.jspecify.annotations.NullMarked;
