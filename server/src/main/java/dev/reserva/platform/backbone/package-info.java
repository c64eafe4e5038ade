/**
 * Wires the backbone. It runs every subscription and worker of this process's services, from before
 * the first request is taken until after the last one is answered.
 *
 * <p>Start reading at {@link dev.reserva.platform.backbone.BackboneConfiguration}. This package
 * does not know what the subscriptions do.
 */
@NullMarked
package dev.reserva.platform.backbone;

import org.jspecify.annotations.NullMarked;
