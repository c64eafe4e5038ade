/**
 * The secrets of links, by HMAC.
 *
 * <p>Start reading at {@link dev.reserva.customers.adapters.hmac.HmacLinkTokens}. Whether a link
 * was used or has expired is not known here.
 */
@NullMarked
package dev.reserva.customers.adapters.hmac;

import org.jspecify.annotations.NullMarked;
