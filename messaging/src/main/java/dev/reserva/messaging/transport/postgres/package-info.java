/**
 * The log itself as the transport: publisher and consumer share a database, and the cursor is the
 * only acknowledgement.
 */
@NullMarked
package dev.reserva.messaging.transport.postgres;

import org.jspecify.annotations.NullMarked;
