@NullMarked
package dev.reserva.customers.adapters.hmac;

import org.jspecify.annotations.NullMarked;
