/**
 * The database of this process: embedded unless told otherwise, and migrated before anybody sees
 * it.
 *
 * <p>Start reading at {@link dev.reserva.platform.database.DatabaseConfiguration}. A service
 * declares a {@link dev.reserva.platform.database.ServiceSchema}; nothing here knows what stands in
 * it.
 */
@org.springframework.modulith.NamedInterface("database")
@NullMarked
package dev.reserva.platform.database;

import org.jspecify.annotations.NullMarked;
