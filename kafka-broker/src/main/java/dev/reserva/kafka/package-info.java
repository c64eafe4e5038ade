/**
 * A broker of Apache Kafka, packaged with all that it needs, so that a program can start one
 * without Maven and without Kafka on its own class path. {@code
 * dev.reserva.harness.broker.KafkaNode} starts it, and knows its configuration.
 */
@NullMarked
package dev.reserva.kafka;

import org.jspecify.annotations.NullMarked;
