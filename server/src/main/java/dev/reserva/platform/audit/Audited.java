package dev.reserva.platform.audit;

import org.jspecify.annotations.Nullable;

/**
 * What a command did.
 *
 * @param action such as {@code inventory.product.update}
 * @param subject id or name of what it did it to; absent where that cannot be told
 */
public record Audited(String action, @Nullable String subject, Changes changes) {

  public Audited {
    action = AuditText.clean(action);
    subject = subject == null ? null : AuditText.clean(subject);
  }
}
