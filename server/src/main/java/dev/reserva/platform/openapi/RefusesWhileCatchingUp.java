package dev.reserva.platform.openapi;

import dev.reserva.platform.web.Problems;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An operation that waits for events which may announce what it names, and cannot tell whether it
 * exists if they are not handled in time: see {@link Problems#catchingUp}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Refuses(
    status = 503,
    type = "catching-up",
    when = "it names something unknown, and events that may announce it are not handled yet")
public @interface RefusesWhileCatchingUp {}
