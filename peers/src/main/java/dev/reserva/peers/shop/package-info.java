/**
 * What both peers have in common: the request, the answer, the tables ({@code shop.sql}) and the
 * simulated payment provider. Everything that makes a saga of it is the library's matter and stands
 * in each peer's own package.
 */
@NullMarked
package dev.reserva.peers.shop;

import org.jspecify.annotations.NullMarked;
