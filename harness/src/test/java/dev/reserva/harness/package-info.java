/** Tests of the shared parts, each against a server or a child process of its own. */
@NullMarked
package dev.reserva.harness;

import org.jspecify.annotations.NullMarked;
