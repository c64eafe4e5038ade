/**
 * Joins the log of this process's database to those of other databases by a broker, as {@code
 * reserva.messaging.*} says.
 */
@org.springframework.modulith.NamedInterface("brokers")
@NullMarked
package dev.reserva.platform.brokers;

import org.jspecify.annotations.NullMarked;
