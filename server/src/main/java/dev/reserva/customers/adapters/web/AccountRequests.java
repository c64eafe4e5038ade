package dev.reserva.customers.adapters.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.reserva.platform.json.NotFreeText;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import org.jspecify.annotations.Nullable;

/** The bodies of requests about passwords and links. */
final class AccountRequests {

  private AccountRequests() {}

  record PasswordBody(
      @Schema(requiredMode = RequiredMode.REQUIRED, format = "password", minLength = 1) @NotFreeText
          @Nullable String current,
      @NewPassword @JsonProperty("new") @Nullable String chosen) {

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
      return "PasswordBody[…]";
    }
  }

  record ResetBody(
      @Schema(description = "Of a customer.", example = "joana@example.org") @NotFreeText
          @Nullable String email,
      @Schema(description = "Of a member of staff; only an administrator may name one.")
          @Nullable String username) {

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
      return "ResetBody[…]";
    }
  }

  record ConfirmBody(
      @Schema(requiredMode = RequiredMode.REQUIRED, description = "From the link.") @NotFreeText
          @Nullable String token,
      @NewPassword @JsonProperty("new") @Nullable String chosen) {

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
      return "ConfirmBody[…]";
    }
  }

  record VerifyBody(
      @Schema(requiredMode = RequiredMode.REQUIRED, description = "From the link.") @NotFreeText
          @Nullable String token) {

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
      return "VerifyBody[…]";
    }
  }
}
