/**
 * The rules of money: the statuses of a payment ({@link
 * dev.reserva.financial.domain.PaymentStatus}), what an answer of the provider or the end of an
 * order means for it, how one payment replaces another ({@link
 * dev.reserva.financial.domain.Payment}), and how much may be given back.
 *
 * <p>Start reading at {@link dev.reserva.financial.domain.PaymentStatus}. Nothing in here knows a
 * database, an event or the provider's protocol.
 */
@NullMarked
package dev.reserva.financial.domain;

import org.jspecify.annotations.NullMarked;
