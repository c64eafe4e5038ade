/** What can be said about the bench without a load: its arithmetic, its HTTP, its file's shape. */
@NullMarked
package dev.reserva.harness;

import org.jspecify.annotations.NullMarked;
