/**
 * Shared parts of programs that measure or test a server from outside: an HTTP connection, a faulty
 * network, child processes, CPU times, and the machine and commit that a report names. Start
 * reading at {@link dev.reserva.harness.HttpConnection}. This package knows only the server's
 * address.
 */
@NullMarked
package dev.reserva.harness;

import org.jspecify.annotations.NullMarked;
