package dev.reserva.customers.adapters.web;

import io.swagger.v3.oas.annotations.media.Schema;

/** The caller's second factor, as the API shows it. */
record SecondFactorStateView(
    @Schema(description = "Whether a log-in asks for a code.") boolean active,
    @Schema(description = "Whether staff cannot work without one.") boolean required,
    @Schema(minimum = "0", maximum = "10", example = "10") int recoveryCodesLeft) {}
