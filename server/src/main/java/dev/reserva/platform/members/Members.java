package dev.reserva.platform.members;

import dev.reserva.platform.security.ServiceTokens;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the processes of other services of this system, by routes between processes. They may be on
 * databases of their own, or on that of this process. Each call has a time-out; calls to several
 * members run at the same time.
 */
public final class Members implements AutoCloseable {

  /** Time-out of a question that few rows answer. */
  public static final Duration SOON = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Members.class);

  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Map<String, UUID> databases = new ConcurrentHashMap<>();
  private final Supplier<UUID> ownDatabase;
  private final MemberClient client;

  /**
   * @param members none if this process has all services, as far as it knows; those that share a
   *     process become one, with the name of the first
   * @param ownDatabase identifies the database of this process
   */
  public Members(List<Member> members, Supplier<UUID> ownDatabase, ServiceTokens tokens) {
    for (Member member : members) {
      add(member);
    }
    this.ownDatabase = ownDatabase;
    this.client = new MemberClient(tokens);
  }

  /** A process that runs several services is one member, so that it is asked once. */
  private void add(Member member) {
    String name = member.name();
    Set<URI> processes = new LinkedHashSet<>();
    for (Member known : List.copyOf(members.values())) {
      if (!Collections.disjoint(known.processes(), member.processes())) {
        name = processes.isEmpty() ? known.name() : name;
        processes.addAll(known.processes());
        members.remove(known.name());
      }
    }
    processes.addAll(member.processes());
    members.put(name, new Member(name, List.copyOf(processes)));
  }

  /** Whether there are none, as far as this process knows. */
  public boolean none() {
    return members.isEmpty();
  }

  /** The names of all members. */
  public List<String> names() {
    return List.copyOf(members.keySet());
  }

  /**
   * The names of those on other databases. Of several on one database the first one stands for all.
   *
   * @throws MemberUnavailable if one has never told its database and does not answer
   */
  public List<String> onOtherDatabases() {
    Map<String, UUID> known = each(this::databaseOf);
    Set<UUID> seen = new HashSet<>();
    if (!known.isEmpty()) {
      seen.add(ownDatabase.get());
    }
    return names().stream()
        .filter(name -> seen.add(Objects.requireNonNull(known.get(name))))
        .toList();
  }

  Member member(String name) {
    return Objects.requireNonNull(members.get(name), name);
  }

  MemberClient client() {
    return client;
  }

  private UUID databaseOf(String name) {
    UUID known = databases.get(name);
    if (known == null) {
      known = ask(name, DatabaseIdentity.PATH, SOON, DatabaseIdentity.Database.class).id();
      databases.put(name, known);
    }
    return known;
  }

  /** Asks every process of each member. A process that does not answer has an empty answer. */
  public <T> Map<String, List<Optional<T>>> askProcesses(
      String path, Duration patience, Class<T> type) {
    Map<String, List<CompletableFuture<Optional<T>>>> asked = new LinkedHashMap<>();
    members.forEach((name, member) ->
        asked.put(
            name,
            member.processes().stream()
                .map(process -> async(() -> answer(name, process, path, patience, type)))
                .toList()));
    Map<String, List<Optional<T>>> answers = new LinkedHashMap<>();
    asked.forEach((name, each) -> answers.put(name, each.stream().map(Members::joined).toList()));
    return answers;
  }

  private <T> Optional<T> answer(
      String name, URI process, String path, Duration patience, Class<T> type) {
    try {
      HttpResponse<byte[]> response = client.ask(process, path, null, patience);
      return Optional.of(MemberClient.read(process, response, type));
    } catch (MemberUnavailable e) {
      LOG.debug("member does not answer: name={} error={}", name, e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Asks a question about each member.
   *
   * @throws MemberUnavailable if one does not answer
   */
  public <T> Map<String, T> each(Function<String, T> question) {
    return each(names(), question);
  }

  /**
   * Asks a question about each of the other databases.
   *
   * @throws MemberUnavailable if one does not answer
   */
  public <T> Map<String, T> eachOtherDatabase(Function<String, T> question) {
    return each(onOtherDatabases(), question);
  }

  private static <T> Map<String, T> each(List<String> names, Function<String, T> question) {
    Map<String, CompletableFuture<T>> asked = new LinkedHashMap<>();
    names.forEach(name -> asked.put(name, async(() -> question.apply(name))));
    Map<String, T> answers = new LinkedHashMap<>();
    asked.forEach((name, future) -> answers.put(name, joined(future)));
    return answers;
  }

  /**
   * Asks one member.
   *
   * @param path with its query
   * @throws MemberUnavailable if none of its processes answers
   */
  public <T> T ask(String name, String path, Duration patience, Class<T> type) {
    return first(
        name,
        process -> MemberClient.read(process, client.ask(process, path, null, patience), type));
  }

  /**
   * Asks one member, by POST.
   *
   * @param body sent as JSON
   * @throws MemberUnavailable if none of its processes answers
   */
  public <T> T ask(String name, String path, Object body, Duration patience, Class<T> type) {
    return first(
        name,
        process -> MemberClient.read(process, client.ask(process, path, body, patience), type));
  }

  /**
   * Asks one member about something that it may not have.
   *
   * @return empty if it answers 404
   * @throws MemberUnavailable if none of its processes answers
   */
  public <T> Optional<T> find(String name, String path, Class<T> type) {
    return first(
        name,
        process -> {
          HttpResponse<byte[]> response = client.ask(process, path, null, SOON);
          return response.statusCode() == 404
              ? Optional.empty()
              : Optional.of(MemberClient.read(process, response, type));
        });
  }

  /** What the first process says that answers. */
  private <T> T first(String name, Function<URI, T> question) {
    List<MemberUnavailable> failures = new ArrayList<>();
    for (URI process : member(name).processes()) {
      try {
        return question.apply(process);
      } catch (MemberUnavailable e) {
        LOG.warn("member does not answer: name={} error={}", name, e.getMessage());
        failures.add(e);
      }
    }
    throw failures.getFirst();
  }

  private static <T> CompletableFuture<T> async(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("member")
        .start(() -> {
          try {
            answer.complete(question.get());
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  private static <T> T joined(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
