/**
 * {@code /openapi.json}: the description of the API, derived from its code.
 *
 * <p>Start reading at {@link dev.reserva.platform.openapi.DescribeOperations}. Most of it is read
 * from the signature of a controller's method and from its route. Four annotations add the rest:
 * {@link dev.reserva.platform.openapi.Answers}, {@link dev.reserva.platform.openapi.Refuses},
 * {@link dev.reserva.platform.openapi.Input} and {@link dev.reserva.platform.openapi.Reads}, next
 * to {@code @Operation} and {@code @Tag}. This package does not check that an annotation is true.
 * The tests compare every answer with the document.
 */
@org.springframework.modulith.NamedInterface("openapi")
@NullMarked
package dev.reserva.platform.openapi;

import org.jspecify.annotations.NullMarked;
