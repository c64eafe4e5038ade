package dev.reserva.financial.domain;

import dev.reserva.contracts.Text;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer needs in order to pay a payment that the provider waits with.
 *
 * @param code what the buyer pays with, 1..{@value #MAX_CODE_LENGTH} characters: the text of a pix,
 *     the digits of a boleto. Absent for other methods, such as a card that the bank asks about
 * @param payBy until when the code can be paid; absent if the provider sets no time
 */
public record Instructions(@Nullable String code, @Nullable Instant payBy) {

  public static final int MAX_CODE_LENGTH = 1_000;

  /** The provider waits and says no more. */
  public static final Instructions NONE = new Instructions(null, null);

  public Instructions {
    if (code != null) {
      code = Text.line("code", code, 1, MAX_CODE_LENGTH);
    }
  }
}
