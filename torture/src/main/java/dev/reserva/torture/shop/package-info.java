/**
 * The buyers, what they know, and how they hold the server to it. Start reading at {@link
 * dev.reserva.torture.shop.Judge}, which says what lost, doubled and broken mean. Nothing here
 * knows what fault is at work.
 */
@NullMarked
package dev.reserva.torture.shop;

import org.jspecify.annotations.NullMarked;
