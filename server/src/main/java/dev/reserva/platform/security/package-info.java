@org.springframework.modulith.NamedInterface("security")
@NullMarked
package dev.reserva.platform.security;

import org.jspecify.annotations.NullMarked;
