/**
 * Templates in the notation of Mustache, which has no logic: values, parts that are shown or left
 * out, and parts that are repeated.
 *
 * <p>Start reading at {@link dev.reserva.notifications.adapters.mustache.MustacheRenderer}. The
 * templates of the program are in {@code notifications/templates}, read by {@link
 * dev.reserva.notifications.adapters.mustache.BuiltInTemplates}.
 */
@NullMarked
package dev.reserva.notifications.adapters.mustache;

import org.jspecify.annotations.NullMarked;
