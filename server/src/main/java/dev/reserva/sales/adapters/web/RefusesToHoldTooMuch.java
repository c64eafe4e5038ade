package dev.reserva.sales.adapters.web;

import dev.reserva.platform.openapi.Refuses;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The refusals of every operation by which a customer's own login takes hold of stock: see {@link
 * OrderProblems}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Refuses(
    status = 422,
    type = "too-many-open-orders",
    when = "the customer has too many orders that are not paid",
    with = OrderProblems.OpenOrders.class)
@Refuses(
    status = 422,
    type = "too-many-units",
    when = "the customer would hold too many units of a product without payment",
    with = OrderProblems.HeldUnits.class)
@Refuses(
    status = 429,
    type = "too-many-given-up-orders",
    when = "the customer gave up too many orders within an hour",
    with = OrderProblems.GivenUp.class)
@interface RefusesToHoldTooMuch {}
