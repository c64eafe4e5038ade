/**
 * The wiring of the backbone: every subscription and worker of this process's services gets to run,
 * from before the first request is taken until after the last one is answered.
 *
 * <p>Start reading at {@link dev.reserva.platform.backbone.BackboneConfiguration}. What the
 * subscriptions do is their services' business.
 */
@NullMarked
package dev.reserva.platform.backbone;

import org.jspecify.annotations.NullMarked;
