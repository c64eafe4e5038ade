/**
 * Tells other processes about the database of this one, and asks them about theirs.
 *
 * <p>Start reading at {@link dev.reserva.operations.adapters.members.MemberEndpoints}.
 */
@NullMarked
package dev.reserva.operations.adapters.members;

import org.jspecify.annotations.NullMarked;
