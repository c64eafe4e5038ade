package dev.reserva.customers.adapters.web;

import dev.reserva.platform.json.NotFreeText;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import org.jspecify.annotations.Nullable;

/** The bodies of requests about the second factor. */
final class SecondFactorRequests {

  private SecondFactorRequests() {}

  record PasswordBody(@LogInPassword @Nullable String password) {

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
      return "PasswordBody[…]";
    }
  }

  record CodeBody(
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              description = "The code that the authenticator shows.",
              example = "492039")
          @NotFreeText
          @Nullable String code) {

    @Override
    public String toString() {
      return "CodeBody[…]";
    }
  }

  record ProofBody(
      @LogInPassword @Nullable String password,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              description = "The code that the authenticator shows, or a recovery code.",
              example = "492039")
          @NotFreeText
          @Nullable String otp) {

    @Override
    public String toString() {
      return "ProofBody[…]";
    }
  }
}
