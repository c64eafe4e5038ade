package dev.reserva.sales.adapters.web;

import dev.reserva.platform.openapi.Refuses;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The refusals of every operation that prices a customer's products: see {@link OrderProblems}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Refuses(status = 422, type = "unknown-customer", when = "there is no such customer")
@Refuses(status = 422, type = "inactive-customer", when = "the customer may not order")
@Refuses(
    status = 422,
    type = "unknown-product",
    when = "a product is unknown",
    with = OrderProblems.Products.class)
@Refuses(
    status = 422,
    type = "inactive-product",
    when = "a product can no longer be ordered",
    with = OrderProblems.Products.class)
@Refuses(
    status = 422,
    type = "mixed-currencies",
    when = "the products are priced in several currencies",
    with = OrderProblems.Currencies.class)
@Refuses(status = 422, type = "order-too-large", when = "a quantity or the total is out of range")
@interface RefusesImpossibleOrder {}
