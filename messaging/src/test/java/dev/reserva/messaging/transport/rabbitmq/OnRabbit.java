package dev.reserva.messaging.transport.rabbitmq;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A test of two logs that RabbitMQ joins, with queues of its own for each test. */
abstract class OnRabbit {

  static TestRabbit rabbit;
  JoinedLogs logs;
  Channel channel;

  /** The queue of the consuming log. */
  String queue;

  @BeforeAll
  static void openRabbit() throws Exception {
    rabbit = TestRabbit.open();
  }

  @AfterAll
  static void closeRabbit() throws IOException {
    rabbit.close();
  }

  @BeforeEach
  void openLogs() throws IOException {
    logs = new JoinedLogs(rabbit);
    channel = logs.channel();
    queue = logs.queue();
  }

  @AfterEach
  void closeLogs() throws IOException {
    logs.close();
  }
}
