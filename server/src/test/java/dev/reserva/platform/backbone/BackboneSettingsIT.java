package dev.reserva.platform.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.EffectOf;
import dev.reserva.messaging.BackboneFixture;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.Worker;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What the properties of the event log change. */
class BackboneSettingsIT {

  private final BackboneFixture fixture = BackboneFixture.start();
  private final BackboneFixture.Node node = fixture.node();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Worker worker(String... namesAndValues) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.put("reserva.events." + namesAndValues[i], namesAndValues[i + 1]);
    }
    return new BackboneConfiguration()
        .logSegments(
            fixture.dataSource(),
            node.transactions(),
            new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("reserva.events", BackboneProperties.class));
  }

  private void publish(int count) {
    node.transactions()
        .run(tx -> {
          for (int i = 0; i < count; i++) {
            tx.publish(new Added(UUID.randomUUID(), i), Cause.of("settings"));
          }
        });
  }

  private long segments() {
    return fixture.number("select count(*) from messaging.log_segment");
  }

  private void run(Worker worker) {
    while (worker.step().run()) {
      // until nothing is left to do
    }
  }

  @Test
  @EffectOf("reserva.events.segment-events")
  void a_segment_is_closed_when_it_holds_as_many_events() {
    Worker worker = worker("segment-events", "3");
    publish(2);
    run(worker);
    assertThat(segments()).isEqualTo(1);
    publish(1);
    run(worker);
    assertThat(segments()).isEqualTo(2);
  }

  @Test
  @EffectOf("reserva.events.segment-age")
  void a_segment_is_closed_when_it_is_as_old() {
    Worker worker = worker("segment-age", "2h");
    publish(1);
    fixture.execute("update messaging.log_segment set opened_at = opened_at - interval '1 hour'");
    run(worker);
    assertThat(segments()).isEqualTo(1);
    fixture.execute("update messaging.log_segment set opened_at = opened_at - interval '2 hours'");
    run(worker);
    assertThat(segments()).isEqualTo(2);
  }

  @Test
  @EffectOf("reserva.events.retention")
  void a_closed_segment_is_dropped_when_it_is_as_old() {
    Worker worker = worker("retention", "2d", "segment-events", "1");
    publish(1);
    run(worker);
    assertThat(segments()).isEqualTo(2);
    fixture.execute("update messaging.log_segment set closed_at = closed_at - interval '1 day'");
    run(worker);
    assertThat(segments()).isEqualTo(2);
    fixture.execute("update messaging.log_segment set closed_at = closed_at - interval '2 days'");
    run(worker);
    assertThat(segments()).isEqualTo(1);
  }
}
