/**
 * One-time codes of authenticator apps, by the java-otp library.
 *
 * <p>Start reading at {@link dev.reserva.customers.adapters.otp.OtpAuthenticators}. Which codes
 * count is decided in the domain. A secret is never stored or logged in clear text.
 */
@NullMarked
package dev.reserva.customers.adapters.otp;

import org.jspecify.annotations.NullMarked;
