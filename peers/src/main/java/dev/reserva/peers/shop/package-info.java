/**
 * Shared by both peers: the request, the answer, the tables ({@code shop.sql}) and the simulated
 * payment provider. The sagas are in the peers' own packages, on their libraries.
 */
@NullMarked
package dev.reserva.peers.shop;

import org.jspecify.annotations.NullMarked;
