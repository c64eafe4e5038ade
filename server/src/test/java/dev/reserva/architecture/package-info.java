/**
 * The import rules as tests, with a tree of planted violations that each of them must catch.
 *
 * <p>Start reading at {@link dev.reserva.architecture.ArchitectureTest}.
 */
@NullMarked
package dev.reserva.architecture;

import org.jspecify.annotations.NullMarked;
