package dev.reserva.architecture.planted.alpha.domain;

import dev.reserva.contracts.Money;
import java.util.List;

/** Keeps to the rules. */
public record Good(List<Money> prices) {}
