/**
 * The database of this process: the embedded one by default. It is migrated before any other code
 * uses it.
 *
 * <p>Start reading at {@link dev.reserva.platform.database.DatabaseConfiguration}. Each service
 * declares a {@link dev.reserva.platform.database.ServiceSchema}. Nothing here depends on the
 * tables of a schema.
 */
@org.springframework.modulith.NamedInterface("database")
@NullMarked
package dev.reserva.platform.database;

import org.jspecify.annotations.NullMarked;
