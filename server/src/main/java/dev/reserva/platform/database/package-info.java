@org.springframework.modulith.NamedInterface("database")
@NullMarked
package dev.reserva.platform.database;

import org.jspecify.annotations.NullMarked;
