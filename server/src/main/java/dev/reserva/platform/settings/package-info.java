/**
 * Checks the values of this system's own properties.
 *
 * <p>Each service binds its properties to one record, whose constructor calls {@link
 * dev.reserva.platform.settings.Allowed} with the full name of each property: a start that fails
 * says which value is wrong and what is allowed.
 */
@org.springframework.modulith.NamedInterface("settings")
@NullMarked
package dev.reserva.platform.settings;

import org.jspecify.annotations.NullMarked;
