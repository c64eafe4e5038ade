package dev.reserva.sales.adapters.web;

import dev.reserva.platform.openapi.Refuses;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The refusal of every operation that needs an order in a certain state: see {@link OrderProblems}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Refuses(
    status = 409,
    type = "order-state",
    when = "the order's state does not allow it",
    with = OrderProblems.WrongState.class)
@interface RefusesWrongState {}
