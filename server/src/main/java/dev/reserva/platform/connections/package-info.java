/**
 * Protects the server's places for connections, below HTTP: how many an address may hold, and how
 * long a header or body may take.
 *
 * <p>Start reading at {@link dev.reserva.platform.connections.Connections}. {@link
 * dev.reserva.platform.connections.GuardedProtocol} is Tomcat's connector with these limits.
 *
 * <p>Nothing here knows a user or a route: most of it happens before there is a request.
 */
@org.springframework.modulith.NamedInterface("connections")
@NullMarked
package dev.reserva.platform.connections;

import org.jspecify.annotations.NullMarked;
