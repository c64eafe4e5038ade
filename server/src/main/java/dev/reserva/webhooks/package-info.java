/**
 * Outgoing webhooks: the events of the log, posted to the shop's own systems.
 *
 * <p>It decides which endpoint gets which event, when a failed delivery is tried again, and when an
 * endpoint is disabled. Start reading at {@link dev.reserva.webhooks.application.QueueDeliveries}
 * (from the log to deliveries) and {@link dev.reserva.webhooks.application.SendDeliveries} (from
 * deliveries to attempts); {@link dev.reserva.webhooks.WebhooksConfiguration} wires the service.
 *
 * <p>It never takes part in the transaction of an order: it reads the log behind it.
 */
@NullMarked
package dev.reserva.webhooks;

import org.jspecify.annotations.NullMarked;
