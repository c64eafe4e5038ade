-- Templates that the shop has written itself, in place of those of the program.
create table notifications.template (
  name text not null check (length(name) between 1 and 64),
  language notifications.language not null,
  subject text not null,
  body_text text not null,
  body_html text not null,
  brief text not null,
  primary key (name, language)
);
