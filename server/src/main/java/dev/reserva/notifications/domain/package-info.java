/**
 * What is told to whom, in which kind of message, and how values are written in a language.
 *
 * <p>Start reading at {@link dev.reserva.notifications.domain.Fact}, the table of what is told.
 *
 * <p>Nothing in this package reads a clock, a database or a configuration.
 */
@NullMarked
package dev.reserva.notifications.domain;

import org.jspecify.annotations.NullMarked;
