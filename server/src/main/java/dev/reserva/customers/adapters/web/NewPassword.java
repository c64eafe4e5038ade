package dev.reserva.customers.adapters.web;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import dev.reserva.customers.application.PasswordRules;
import dev.reserva.platform.json.NotFreeText;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A required member of a request: a password for a login, by {@link PasswordRules}. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER})
@JacksonAnnotationsInside
@NotFreeText
@Schema(
    requiredMode = RequiredMode.REQUIRED,
    format = "password",
    example = "correct horse battery")
@interface NewPassword {}
