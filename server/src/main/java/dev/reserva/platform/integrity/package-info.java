@org.springframework.modulith.NamedInterface("integrity")
@NullMarked
package dev.reserva.platform.integrity;

import org.jspecify.annotations.NullMarked;
