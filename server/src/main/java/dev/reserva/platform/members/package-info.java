/**
 * The processes of other services, on this database or on others. Operations asks them, so that
 * what it tells covers the whole system.
 *
 * <p>Start reading at {@link dev.reserva.platform.members.Members}.
 */
@org.springframework.modulith.NamedInterface("members")
@NullMarked
package dev.reserva.platform.members;

import org.jspecify.annotations.NullMarked;
