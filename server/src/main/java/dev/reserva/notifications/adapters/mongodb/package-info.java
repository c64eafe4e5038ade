/**
 * The history in MongoDB.
 *
 * <p>Start reading at {@link dev.reserva.notifications.adapters.mongodb.MongoHistory}. The messages
 * themselves stay in PostgreSQL, in the transactions of what they are about.
 */
@NullMarked
package dev.reserva.notifications.adapters.mongodb;

import org.jspecify.annotations.NullMarked;
