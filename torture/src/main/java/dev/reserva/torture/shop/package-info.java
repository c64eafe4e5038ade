/**
 * The buyers, their log, and the check of the server against it. Start reading at {@link
 * dev.reserva.torture.shop.Judge}, which defines lost, doubled and broken. This package does not
 * know which fault is injected.
 */
@NullMarked
package dev.reserva.torture.shop;

import org.jspecify.annotations.NullMarked;
