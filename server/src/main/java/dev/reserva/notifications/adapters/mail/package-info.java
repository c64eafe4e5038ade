/**
 * E-mails: by SMTP, or into a folder while no mail server is configured.
 *
 * <p>Start reading at {@link dev.reserva.notifications.adapters.mail.SmtpSender}; {@link
 * dev.reserva.notifications.adapters.mail.MailComposer} makes the MIME messages of both.
 */
@NullMarked
package dev.reserva.notifications.adapters.mail;

import org.jspecify.annotations.NullMarked;
