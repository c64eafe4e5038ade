@org.springframework.modulith.NamedInterface("web")
@NullMarked
package dev.reserva.platform.web;

import org.jspecify.annotations.NullMarked;
