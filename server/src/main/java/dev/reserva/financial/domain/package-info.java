/**
 * The rules of money: which way a payment may go ({@link
 * dev.reserva.financial.domain.PaymentStatus}), what an answer of the provider or the end of an
 * order means for it ({@link dev.reserva.financial.domain.Payment}), and how much may be given
 * back.
 *
 * <p>Start reading at {@link dev.reserva.financial.domain.PaymentStatus}. Nothing in here knows a
 * database, an event or the provider's protocol.
 */
@NullMarked
package dev.reserva.financial.domain;

import org.jspecify.annotations.NullMarked;
