/**
 * {@code /openapi.json}: what the API takes and answers, derived from the code that does it.
 *
 * <p>Start reading at {@link dev.reserva.platform.openapi.DescribeOperations}. What a controller
 * takes and returns, who may call it and what the platform refuses is read from its method; four
 * annotations tell the rest: {@link dev.reserva.platform.openapi.Answers}, {@link
 * dev.reserva.platform.openapi.Refuses}, {@link dev.reserva.platform.openapi.Input} and {@link
 * dev.reserva.platform.openapi.Reads}, besides {@code @Operation} and {@code @Tag}. Whether an
 * annotation is true is not decided here: the tests hold every answer against the document.
 */
@org.springframework.modulith.NamedInterface("openapi")
@NullMarked
package dev.reserva.platform.openapi;

import org.jspecify.annotations.NullMarked;
