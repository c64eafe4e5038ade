package dev.reserva.inventory.domain;

import java.util.UUID;

/**
 * Why a product could not be reserved.
 *
 * @param available what could have been had; 0 where the product cannot be ordered any more
 */
public record Shortage(UUID productId, int requested, int available) {}
