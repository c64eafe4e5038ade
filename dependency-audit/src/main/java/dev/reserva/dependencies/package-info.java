/**
 * Compares the server's dependencies, as a CycloneDX document lists them, with advisories in the
 * OSV format: those that this project knows, and an export of a whole database where there is one.
 *
 * <p>Start reading at {@link dev.reserva.dependencies.Audit}. Nothing here uses the network.
 */
@NullMarked
package dev.reserva.dependencies;

import org.jspecify.annotations.NullMarked;
