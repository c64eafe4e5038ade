@NullMarked
package dev.reserva.harness.broker;

import org.jspecify.annotations.NullMarked;
