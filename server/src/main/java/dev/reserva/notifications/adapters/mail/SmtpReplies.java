package dev.reserva.notifications.adapters.mail;

import dev.reserva.notifications.application.MessageSender.Result;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What the replies of a mail server mean (RFC 5321, 4.2.1). A reply of 5xx is for good; to an
 * address it is a hard bounce. A reply of 4xx, and no reply, may be another one later.
 */
final class SmtpReplies {

  private static final int MAX_REASON = 200;

  private SmtpReplies() {}

  /**
   * @param failure of one mail; absent if it was taken
   */
  static Result result(@Nullable Exception failure) {
    if (failure == null) {
      return new Result.Accepted();
    }
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      if (cause instanceof SMTPAddressFailedException address) {
        return isForGood(address.getReturnCode())
            ? new Result.Bounced("reply " + address.getReturnCode())
            : new Result.Unavailable("reply " + address.getReturnCode());
      }
      if (cause instanceof SMTPSendFailedException send
          && isForGood(send.getReturnCode())
          && !(send.getNextException() instanceof SendFailedException)) {
        return new Result.Rejected("reply " + send.getReturnCode());
      }
    }
    String text = String.valueOf(failure.getMessage());
    return new Result.Unavailable(
        text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON));
  }

  private static @Nullable Throwable next(Throwable failure) {
    return failure instanceof MessagingException mail && mail.getNextException() != null
        ? mail.getNextException()
        : failure.getCause();
  }

  private static boolean isForGood(int reply) {
    return reply >= 500 && reply < 600;
  }
}
