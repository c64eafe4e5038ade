@NullMarked
package dev.reserva.torture.shop;

import org.jspecify.annotations.NullMarked;
