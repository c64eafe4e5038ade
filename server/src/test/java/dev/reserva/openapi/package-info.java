/**
 * Holds a running server against what it says of itself: {@link dev.reserva.openapi.AnswerCheck}
 * looks at every answer that the tests' clients get, {@link dev.reserva.openapi.Linters} at the
 * documents as such.
 */
@NullMarked
package dev.reserva.openapi;

import org.jspecify.annotations.NullMarked;
