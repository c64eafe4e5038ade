package dev.reserva.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFolderTest {
  @TempDir private Path parent;

  private ClusterPlan plan(Map<String, String> environment) {
    return ClusterPlan.of(
        new ClusterOptions(
            Transport.POSTGRES,
            Map.of(Service.CUSTOMERS, 1),
            0,
            parent,
            null,
            environment,
            List.of()),
        () -> 10_001);
  }

  @Test
  void secrets_are_generated_once_and_only_their_owner_can_read_them() throws Exception {
    Path data = parent.resolve("data");
    Map<String, Path> secrets =
        ClusterFolder.open(data, Transport.POSTGRES).secrets(plan(Map.of()));
    assertThat(secrets.values())
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrder("token-secret", "privacy-secret", "webhook-secret");
    for (Path file : secrets.values()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(Files.size(file)).isGreaterThan(32);
      String before = Files.readString(file);
      ClusterFolder.open(data, Transport.POSTGRES).secrets(plan(Map.of()));
      assertThat(file).hasContent(before.strip());
    }
    assertThat(data.resolve("webhook-secret")).content().startsWith("whsec_");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
  }

  @Test
  void the_data_of_another_transport_are_refused() {
    ClusterFolder.open(parent, Transport.KAFKA);
    ClusterFolder.open(parent, Transport.KAFKA);
    assertThatThrownBy(() -> ClusterFolder.open(parent, Transport.RABBITMQ))
        .isInstanceOf(ClusterFailure.class)
        .hasMessage(
            "the data in %s belong to a cluster with --transport kafka; choose another folder with --data",
            parent.toAbsolutePath());
  }

  @Test
  void the_data_of_a_server_with_all_services_have_one_database() throws Exception {
    Files.createDirectory(parent.resolve("postgres"));
    assertThatThrownBy(() -> ClusterFolder.open(parent, Transport.RABBITMQ))
        .isInstanceOf(ClusterFailure.class)
        .hasMessageContaining("belong to a server whose services share one database");
    assertThat(ClusterFolder.open(parent, Transport.POSTGRES).path()).exists();
  }

  @Test
  void the_administrators_password_is_taken_from_the_process_that_has_generated_it()
      throws Exception {
    ClusterFolder folder = ClusterFolder.open(parent, Transport.POSTGRES);
    folder.takeAdminPassword("customers-1");
    assertThat(folder.adminPassword()).doesNotExist();
    Files.writeString(folder.of("customers-1").resolve("admin-password"), "generated");
    folder.takeAdminPassword("customers-1");
    assertThat(folder.adminPassword()).hasContent("generated");
    folder.takeAdminPassword("customers-1");
    assertThat(folder.adminPassword()).hasContent("generated");
  }
}
