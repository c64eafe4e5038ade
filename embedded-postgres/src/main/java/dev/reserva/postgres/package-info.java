/**
 * An embedded PostgreSQL: unpacks, initialises, starts, watches and stops a server that has fsync,
 * passwords and crash recovery as in production.
 *
 * <p>Start reading at {@link dev.reserva.postgres.EmbeddedPostgres}. {@code Cluster} is the data on
 * disk, {@code Roles} who may do what in it, {@code Postmaster} the running process, {@code
 * Binaries} the unpacked programs.
 *
 * <p>This package does not know what the database stores.
 */
@NullMarked
package dev.reserva.postgres;

import org.jspecify.annotations.NullMarked;
