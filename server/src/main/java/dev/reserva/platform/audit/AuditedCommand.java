package dev.reserva.platform.audit;

import dev.reserva.messaging.Cause;

/** A command that was carried out, with who sent it. */
public record AuditedCommand(Actor actor, Cause cause, Audited what) {}
