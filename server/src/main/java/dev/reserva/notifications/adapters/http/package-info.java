/**
 * SMS and push messages, over HTTP in the shapes that Twilio and Firebase Cloud Messaging publish.
 *
 * <p>Start reading at {@link dev.reserva.notifications.adapters.http.HttpSender}, which sends
 * several messages at a time; {@link dev.reserva.notifications.adapters.http.TwilioApi} and {@link
 * dev.reserva.notifications.adapters.http.FcmApi} make the requests and read the answers.
 *
 * <p>It retries nothing: a message whose request has failed is claimed again later.
 */
@NullMarked
package dev.reserva.notifications.adapters.http;

import org.jspecify.annotations.NullMarked;
