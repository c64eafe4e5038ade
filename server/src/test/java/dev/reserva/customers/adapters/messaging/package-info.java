@NullMarked
package dev.reserva.customers.adapters.messaging;

import org.jspecify.annotations.NullMarked;
