package dev.reserva.notifications.adapters.postgres;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.notifications.application.OwnTemplates;
import dev.reserva.notifications.application.Templates;
import dev.reserva.notifications.domain.Language;
import dev.reserva.notifications.domain.Template;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The templates in {@code notifications.template}. A change counts in each process within 1 s. */
public final class PostgresTemplates implements OwnTemplates, Templates {

  private static final String OF =
      """
      select language, subject, body_text, body_html, brief
      from notifications.template
      where name = ?
      """;

  private static final String SAVE =
      """
      insert into notifications.template (name, language, subject, body_text, body_html, brief)
      values (?, ?, ?, ?, ?, ?)
      on conflict (name, language) do update
      set subject = excluded.subject, body_text = excluded.body_text, body_html = excluded.body_html, brief = excluded.brief
      """;

  private static final String REMOVE =
      "delete from notifications.template where name = ? and language = ?";

  private static final Duration REMEMBERED = Duration.ofSeconds(1);
  private static final int MOST_REMEMBERED = 100;

  private final LoadingCache<String, Map<Language, Template>> remembered;

  public PostgresTemplates(Transactions transactions) {
    this.remembered =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build(name -> transactions.snapshot(tx -> of(name, tx)));
  }

  @Override
  public Optional<Template> find(String name, Language language) {
    return Optional.ofNullable(remembered.get(name).get(language));
  }

  private record Row(Language language, Template template) {}

  @Override
  public Map<Language, Template> of(String name, UnitOfWork tx) {
    List<Row> rows = Statements.of(tx).query(OF, PostgresTemplates::row, name);
    Map<Language, Template> templates = new EnumMap<>(Language.class);
    rows.forEach(row -> templates.put(row.language(), row.template()));
    return templates;
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        Language.ofWire(row.getString("language")),
        new Template(
            row.getString("subject"),
            row.getString("body_text"),
            row.getString("body_html"),
            row.getString("brief")));
  }

  @Override
  public void save(String name, Language language, Template template, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            SAVE,
            name,
            language.wire(),
            template.subject(),
            template.text(),
            template.html(),
            template.brief());
  }

  @Override
  public void remove(String name, Language language, UnitOfWork tx) {
    Statements.of(tx).write(REMOVE, name, language.wire());
  }
}
