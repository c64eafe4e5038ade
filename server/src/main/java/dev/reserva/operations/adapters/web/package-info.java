/**
 * Operations over HTTP: health, statistics, the log, dead letters, integrity, and event schemas.
 *
 * <p>Start reading at {@link dev.reserva.operations.adapters.web.DeadLetterController}. This
 * package parses requests and shapes answers. It decides nothing.
 */
@NullMarked
package dev.reserva.operations.adapters.web;

import org.jspecify.annotations.NullMarked;
