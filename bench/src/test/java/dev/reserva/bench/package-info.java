/** Tests of the bench without a load: its arithmetic, its options, its results file. */
@NullMarked
package dev.reserva.bench;

import org.jspecify.annotations.NullMarked;
