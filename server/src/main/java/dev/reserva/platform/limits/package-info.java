/**
 * How many requests a caller, or the address of an anonymous one, may send.
 *
 * <p>Start reading at {@link dev.reserva.platform.limits.Budgets}. What an answer says of them is
 * in {@link dev.reserva.platform.limits.BudgetFilter}.
 *
 * <p>Log-ins have limits of their own in the customers service, connections in {@code
 * platform.connections}.
 */
@org.springframework.modulith.NamedInterface("limits")
@NullMarked
package dev.reserva.platform.limits;

import org.jspecify.annotations.NullMarked;
