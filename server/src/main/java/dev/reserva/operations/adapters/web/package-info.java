/**
 * Operations over HTTP: health, statistics, the log, dead letters, integrity, and the published
 * language's documents.
 *
 * <p>Start reading at {@link dev.reserva.operations.adapters.web.DeadLetterController}. Requests
 * are parsed and answers are shaped here; nothing is decided.
 */
@NullMarked
package dev.reserva.operations.adapters.web;

import org.jspecify.annotations.NullMarked;
