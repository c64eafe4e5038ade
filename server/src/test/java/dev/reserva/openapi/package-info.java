/**
 * Compares a running server with its own description: {@link dev.reserva.openapi.AnswerCheck}
 * checks every answer that the tests' clients get, {@link dev.reserva.openapi.Linters} checks the
 * documents.
 */
@NullMarked
package dev.reserva.openapi;

import org.jspecify.annotations.NullMarked;
