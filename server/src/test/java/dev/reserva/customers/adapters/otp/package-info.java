@NullMarked
package dev.reserva.customers.adapters.otp;

import org.jspecify.annotations.NullMarked;
