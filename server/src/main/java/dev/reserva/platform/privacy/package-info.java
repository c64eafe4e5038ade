/**
 * Sealing: what must not be readable in tables, events and backups by whoever reads these alone.
 *
 * <p>Start reading at {@link dev.reserva.platform.privacy.PaymentTokens} and {@link
 * dev.reserva.platform.privacy.SubjectKeys}; {@link
 * dev.reserva.platform.privacy.PrivacyConfiguration} wires both. {@link
 * dev.reserva.platform.privacy.PersonalTexts} opens what another database has sealed.
 *
 * <p>This package does not decide what is personal. The services seal what they know to be.
 */
@org.springframework.modulith.NamedInterface("privacy")
@NullMarked
package dev.reserva.platform.privacy;

import org.jspecify.annotations.NullMarked;
