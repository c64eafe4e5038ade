/** Tests of the cluster; {@code ClusterIT} needs the packaged server. */
@NullMarked
package dev.reserva.cluster;

import org.jspecify.annotations.NullMarked;
