package dev.reserva.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SupervisedNodeTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final FakeProgram program = new FakeProgram();
  private final Semaphore starts = new Semaphore(1);
  private final List<NodeState> states = new CopyOnWriteArrayList<>();
  private final SupervisedNode node =
      new SupervisedNode(program, starts, changed -> states.add(changed.state()));

  @AfterEach
  void close() throws Exception {
    node.close(SOON);
  }

  private void awaitState(NodeState state) {
    await().atMost(SOON).until(() -> node.state() == state);
  }

  @Test
  void a_program_that_ends_by_itself_is_started_again() throws Exception {
    node.start();
    long before = node.pid();
    program.crash();
    await().atMost(SOON).until(() -> node.status().restarts() == 1);
    awaitState(NodeState.READY);
    assertThat(node.pid()).isNotEqualTo(before);
    assertThat(states)
        .containsExactly(
            NodeState.STARTING,
            NodeState.READY,
            NodeState.BACKING_OFF,
            NodeState.STARTING,
            NodeState.READY);
  }

  @Test
  void one_that_was_killed_on_purpose_stays_down_until_it_is_started() throws Exception {
    node.start();
    node.kill();
    assertThat(node.state()).isEqualTo(NodeState.STOPPED);
    assertThat(node.pid()).isZero();
    assertThat(program.started).hasValue(1);
    node.start();
    assertThat(node.state()).isEqualTo(NodeState.READY);
    node.stop(SOON);
    assertThat(node.state()).isEqualTo(NodeState.STOPPED);
    assertThat(node.status().restarts()).isZero();
  }

  @Test
  void an_end_on_purpose_is_no_failure_however_often() throws Exception {
    node.start();
    for (int i = 0; i < RestartPolicy.ATTEMPTS; i++) {
      node.kill();
      node.start();
    }
    assertThat(node.state()).isEqualTo(NodeState.READY);
    assertThat(states).doesNotContain(NodeState.BACKING_OFF, NodeState.FAILED);
    program.crash();
    await().atMost(SOON).until(() -> node.status().restarts() == 1);
    awaitState(NodeState.READY);
  }

  @Test
  void one_that_does_not_even_start_has_failed_and_says_why() throws Exception {
    program.fails = true;
    assertThatThrownBy(node::start)
        .isInstanceOf(ClusterFailure.class)
        .hasMessage("fake-1 did not start: no luck");
    assertThat(node.state()).isEqualTo(NodeState.FAILED);
    assertThat(program.started).hasValue(1);
    program.fails = false;
    node.start();
    assertThat(node.state()).isEqualTo(NodeState.READY);
  }

  @Test
  void a_restart_that_fails_is_repeated() throws Exception {
    node.start();
    program.fails = true;
    program.crash();
    await().atMost(SOON).until(() -> program.started.get() == 3);
    program.fails = false;
    awaitState(NodeState.READY);
    assertThat(node.status().restarts()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void a_kill_during_the_start_ends_it() throws Exception {
    program.slow = true;
    node.launch();
    assertThat(program.starting.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    node.kill();
    assertThat(node.state()).isEqualTo(NodeState.STOPPED);
    assertThat(program.pid()).isZero();
    assertThatThrownBy(node::awaitReady).hasMessage("fake-1 did not start: it was ended");
  }

  @Test
  void a_node_waits_until_another_has_started() throws Exception {
    starts.acquire();
    node.launch();
    await().atMost(SOON).until(starts::hasQueuedThreads);
    assertThat(node.state()).isEqualTo(NodeState.WAITING);
    starts.release();
    awaitState(NodeState.READY);
    assertThat(starts.availablePermits()).isEqualTo(1);
  }

  @Test
  void a_closed_node_is_never_started_again() throws Exception {
    program.slow = true;
    node.launch();
    assertThat(program.starting.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    node.close(SOON);
    assertThat(program.pid()).isZero();
    assertThatThrownBy(node::start).isInstanceOf(ClusterFailure.class);
    assertThat(program.started).hasValue(1);
  }
}
