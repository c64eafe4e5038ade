package dev.reserva.architecture.planted.alpha.adapters.postgres;

/** What others should not use. */
public record Rows(int count) {}
