package dev.reserva.customers.adapters.web;

import dev.reserva.customers.application.PasswordRules;
import dev.reserva.customers.domain.Customer;
import dev.reserva.customers.domain.Email;
import dev.reserva.customers.domain.Language;
import dev.reserva.customers.domain.Password;
import dev.reserva.customers.domain.PersonName;
import dev.reserva.customers.domain.Phone;
import dev.reserva.platform.json.NotFreeText;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parses the bodies of requests about customers into domain values. */
final class CustomerRequests {

  private CustomerRequests() {}

  /** What both bodies have. */
  sealed interface Body {
    @Nullable String name();

    @Nullable String email();

    @Nullable String phone();

    @Nullable String language();

    @Nullable String password();
  }

  record CustomerBody(
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "Maria Souza") @Nullable String name,
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "joana@example.org") @NotFreeText
          @Nullable String email,
      @Schema(example = "+55 11 91234-5678") @NotFreeText @Nullable String phone,
      @Schema(
              example = "pt",
              allowableValues = {"en", "pt", "es"},
              description = "In which the customer is written to; absent for the shop's own.")
          @Nullable String language,
      @Schema(format = "password") @NotFreeText @Nullable String password)
      implements Body {

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
      return "CustomerBody[…]";
    }
  }

  record ChangeBody(
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "Maria Souza") @Nullable String name,
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "joana@example.org") @NotFreeText
          @Nullable String email,
      @Schema(example = "+55 11 91234-5678") @NotFreeText @Nullable String phone,
      @Schema(
              example = "pt",
              allowableValues = {"en", "pt", "es"},
              description = "In which the customer is written to; absent for the shop's own.")
          @Nullable String language,
      @Schema(format = "password", description = "A new one, chosen by the customer itself.")
          @NotFreeText
          @Nullable String password,
      @Schema(
              format = "password",
              description = "Needed by a customer for a new e-mail address or password.")
          @NotFreeText
          @Nullable String currentPassword)
      implements Body {

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
      return "ChangeBody[…]";
    }
  }

  /**
   * What a customer is to be.
   *
   * @param password absent if the customer gets none, or keeps the one it has
   */
  record Checked(Customer.Details details, @Nullable Password password) {}

  /**
   * @throws Problem 400 with everything that is wrong
   */
  static Checked checked(Body body, PasswordRules rules) {
    var errors = new InputErrors();
    PersonName name = errors.required("/name", body.name(), PersonName::new);
    Email email = errors.required("/email", body.email(), Email::new);
    Phone phone = errors.optional("/phone", body.phone(), Phone::new);
    Language language = errors.optional("/language", body.language(), Language::ofWire);
    Password password =
        errors.optional(
            "/password",
            body.password(),
            typed -> rules.parse(typed, email == null ? null : email.value()));
    errors.throwIfAny();
    return new Checked(
        new Customer.Details(
            Objects.requireNonNull(name), Objects.requireNonNull(email), phone, language),
        password);
  }
}
