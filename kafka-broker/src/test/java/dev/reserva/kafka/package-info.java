@NullMarked
package dev.reserva.kafka;

import org.jspecify.annotations.NullMarked;
