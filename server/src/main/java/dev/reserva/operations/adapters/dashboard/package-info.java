/**
 * The live feed of the console over WebSocket.
 *
 * <p>Start reading at {@link dev.reserva.operations.adapters.dashboard.DashboardFeed}: one worker
 * makes the frames, and each client has a short queue. A client that cannot keep up is dropped, so
 * that it does not slow the feed down.
 */
@NullMarked
package dev.reserva.operations.adapters.dashboard;

import org.jspecify.annotations.NullMarked;
