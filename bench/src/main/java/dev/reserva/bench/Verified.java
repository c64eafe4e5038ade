package dev.reserva.bench;

/**
 * The result of the final check. The replay and the snapshot have checks of their own.
 *
 * @param unanswered calls without an answer under overload; their orders may be stored or not
 */
public record Verified(
    long accepted, long unanswered, long confirmed, boolean integrity, int checks) {}
