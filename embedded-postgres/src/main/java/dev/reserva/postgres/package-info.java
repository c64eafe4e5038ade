/**
 * A PostgreSQL of the program's own: unpacked, initialised, started, watched and stopped from Java,
 * with fsync, passwords and crash recovery as a production server has them.
 *
 * <p>Start reading at {@link dev.reserva.postgres.EmbeddedPostgres}; {@code Cluster} is what lies
 * on disk, {@code Postmaster} the running process, {@code Binaries} the unpacked programs.
 *
 * <p>Nothing here knows what is stored in the database.
 */
@NullMarked
package dev.reserva.postgres;

import org.jspecify.annotations.NullMarked;
