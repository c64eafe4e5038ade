package dev.reserva.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final long GIB = 1L << 30;

  @Test
  void a_commit_is_on_disk_before_it_is_acknowledged() {
    assertThat(Settings.forThisMachine().values())
        .containsEntry("fsync", "on")
        .containsEntry("synchronous_commit", "on")
        .containsEntry("full_page_writes", "on");
  }

  @Test
  void only_this_machine_can_connect() {
    assertThat(Settings.forThisMachine().values()).containsEntry("listen_addresses", "127.0.0.1");
  }

  @Test
  void memory_grows_with_the_machine_within_bounds() {
    assertThat(Settings.forMemory(GIB / 4).values())
        .containsEntry("shared_buffers", "64MB")
        .containsEntry("max_wal_size", "1024MB");
    assertThat(Settings.forMemory(8 * GIB).values())
        .containsEntry("shared_buffers", "1024MB")
        .containsEntry("effective_cache_size", "4096MB")
        .containsEntry("max_wal_size", "2048MB");
    assertThat(Settings.forMemory(512 * GIB).values())
        .containsEntry("shared_buffers", "2048MB")
        .containsEntry("max_wal_size", "4096MB");
  }

  @Test
  void an_override_takes_the_place_of_the_chosen_value() {
    assertThat(Settings.forThisMachine().with(Map.of("jit", "on")).arguments())
        .contains("jit=on")
        .doesNotContain("jit=off");
  }

  @Test
  void a_folder_too_deep_for_a_socket_does_without() {
    Path deep = Path.of("/" + "d".repeat(100));
    assertThat(Settings.forThisMachine().with(5432, deep).values())
        .containsEntry("unix_socket_directories", "")
        .containsEntry("port", "5432");
    assertThat(Settings.forThisMachine().with(5432, Path.of("/data")).values())
        .containsEntry("unix_socket_directories", "/data");
  }
}
