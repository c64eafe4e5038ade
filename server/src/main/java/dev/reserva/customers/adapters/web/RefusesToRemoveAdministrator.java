package dev.reserva.customers.adapters.web;

import dev.reserva.platform.openapi.Refuses;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The refusals of every operation that may leave the shop without an administrator. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Refuses(
    status = 409,
    type = "own-login",
    when = "the caller would end its own login or stop being an administrator")
@Refuses(status = 409, type = "last-administrator", when = "no active administrator would be left")
@interface RefusesToRemoveAdministrator {}
