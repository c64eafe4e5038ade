-- The platform has copied them (its V5). A process of the version before may have added some since.
insert into platform.manual_publication select * from manual_publication on conflict do nothing;
drop table manual_publication;
