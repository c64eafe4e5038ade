/**
 * The audit trail's way in: commands of staff and security events become {@code
 * operations.audit.recorded}, which operations keeps.
 *
 * <p>Start reading at {@link dev.reserva.platform.audit.AuditTrail}. {@code Commands} records what
 * staff does; everybody else calls {@code security}.
 *
 * <p>No personal data and no secret passes: changes name members of customers, not their values.
 */
@org.springframework.modulith.NamedInterface("audit")
@NullMarked
package dev.reserva.platform.audit;

import org.jspecify.annotations.NullMarked;
