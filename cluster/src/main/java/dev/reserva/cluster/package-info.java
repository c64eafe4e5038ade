/**
 * A whole split system on this machine: a process for each service and instance, their databases,
 * their broker and a gateway. It is a program ({@code ./reserva cluster}) and a library for other
 * programs that kill and restart its processes.
 *
 * <p>Start reading at {@link dev.reserva.cluster.RunningCluster}. {@link
 * dev.reserva.cluster.ClusterPlan} decides which processes there are and what each is told; it
 * starts nothing. {@link dev.reserva.cluster.SupervisedNode} keeps one process running.
 *
 * <p>This package never looks into a service: it knows the server's commands, properties and
 * readiness only.
 */
@NullMarked
package dev.reserva.cluster;

import org.jspecify.annotations.NullMarked;
