-- How many processes listen for what others append; two where nobody has counted yet.
alter table log_head add column listeners bigint not null default 2;
