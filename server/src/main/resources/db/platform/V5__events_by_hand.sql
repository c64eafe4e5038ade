-- Events that somebody published by hand, in the database that published them. Operations kept them before.
create table manual_publication (
  event_id uuid primary key,
  published_by text not null,
  published_at timestamptz not null,
  unchecked boolean not null
);

do $$
begin
  if to_regclass('operations.manual_publication') is not null then
    insert into platform.manual_publication select * from operations.manual_publication;
  end if;
end $$;
