package dev.reserva.operations.adapters.members;

import dev.reserva.messaging.EventLog.Filter;
import dev.reserva.operations.adapters.members.MemberEndpoints.End;
import dev.reserva.operations.application.LogPart.LogPage;
import dev.reserva.operations.application.SystemLog;
import dev.reserva.platform.members.Members;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The logs of the other databases. */
public final class MemberLogs implements SystemLog.OtherLogs {

  private final Members members;

  public MemberLogs(Members members) {
    this.members = members;
  }

  @Override
  public List<String> names() {
    return members.onOtherDatabases();
  }

  @Override
  public Map<String, LogPage> search(Filter filter, Map<String, Long> after, int limit) {
    String conditions =
        parameter("subject", filter.subject())
            + parameter("key", filter.key())
            + parameter("type", filter.type())
            + parameter("correlationId", filter.correlationId());
    return members.eachOtherDatabase(name ->
        members.ask(
            name,
            "%s?limit=%d&after=%d%s"
                .formatted(MemberEndpoints.EVENTS, limit, after.getOrDefault(name, 0L), conditions),
            Members.SOON,
            LogPage.class));
  }

  private static String parameter(String name, @Nullable Object value) {
    return value == null
        ? ""
        : "&%s=%s".formatted(name, URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
  }

  @Override
  public Map<String, Long> ends() {
    Map<String, Long> ends = new HashMap<>();
    members
        .eachOtherDatabase(name -> members.ask(name, MemberEndpoints.END, Members.SOON, End.class))
        .forEach((name, answer) -> ends.put(name, answer.end()));
    return ends;
  }
}
