package dev.reserva.platform.connections;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a connection may take.
 *
 * @param perAddress most connections of one network at a time
 * @param headerTimeout from the first byte of a request, or from the accepted connection, until the
 *     header is complete
 * @param bodyTimeout from the first attempt to read a body until it is complete
 * @param minBodyBytesPerSecond a body that is still incomplete after {@link #GRACE} must have
 *     arrived at least as fast on average
 * @param network what counts as one address
 * @param exempt proxies: their connections are those of many clients, and are not counted
 */
public record ConnectionLimits(
    int perAddress,
    Duration headerTimeout,
    Duration bodyTimeout,
    long minBodyBytesPerSecond,
    Function<InetAddress, String> network,
    Predicate<InetAddress> exempt) {

  /** A lost packet may be sent again for so long before a body counts as slow. */
  static final Duration GRACE = Duration.ofSeconds(5);
}
