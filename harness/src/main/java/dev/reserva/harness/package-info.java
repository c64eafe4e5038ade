/**
 * What programs that look at a server from outside have in common: an HTTP connection of their own,
 * the machine and the commit that a report names. Start reading at {@link
 * dev.reserva.harness.HttpConnection}. It knows nothing of the server but where it listens.
 */
@NullMarked
package dev.reserva.harness;

import org.jspecify.annotations.NullMarked;
