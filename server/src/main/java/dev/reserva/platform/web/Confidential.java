package dev.reserva.platform.web;

/**
 * Marks the body of an {@link Answer} that shows a secret this once. {@link Commands} encrypts it
 * before it is stored with an {@code Idempotency-Key}.
 */
public interface Confidential {}
