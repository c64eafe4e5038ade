/**
 * E-mails by SMTP.
 *
 * <p>Start reading at {@link dev.reserva.notifications.adapters.mail.SmtpSender}; {@link
 * dev.reserva.notifications.adapters.mail.MailComposer} makes the MIME messages.
 */
@NullMarked
package dev.reserva.notifications.adapters.mail;

import org.jspecify.annotations.NullMarked;
