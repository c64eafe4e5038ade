/** Tests of the gateway: its rules, its faults, and a whole split system behind it. */
@NullMarked
package dev.reserva.gateway;

import org.jspecify.annotations.NullMarked;
