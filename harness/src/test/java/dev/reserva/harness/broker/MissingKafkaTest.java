package dev.reserva.harness.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.harness.HarnessFailure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where the packaged broker is missing, as in this module. */
class MissingKafkaTest {
  @TempDir private Path folder;

  @Test
  void a_class_path_without_the_broker_is_told_what_it_needs() {
    assertThatThrownBy(() -> KafkaNode.start(folder))
        .isInstanceOf(HarnessFailure.class)
        .hasMessage(
            "the Kafka broker is not on the class path: the module needs reserva-kafka-broker as a"
                + " dependency in scope test, packaged (mvn -pl kafka-broker package)");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_missing_file_is_named() {
    Path missing = folder.resolve("broker.jar");
    assertThatThrownBy(() -> KafkaNode.start(missing, folder))
        .isInstanceOf(HarnessFailure.class)
        .hasMessage(
            "there is no packaged Kafka broker %s; build it: mvn -pl kafka-broker package"
                .formatted(missing));
    assertThat(folder).isEmptyDirectory();
  }
}
