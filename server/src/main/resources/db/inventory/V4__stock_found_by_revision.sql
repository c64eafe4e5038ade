-- While a snapshot is held open, all versions of a stock row stay, and an index by product alone leads to every one of them. The index now
-- leads to the newest 32 revisions first, and a row is found behind a few versions at most. Within 32 revisions no indexed column changes, so
-- that an update still stays on its page and touches no index. See docs/adr/0021-stock-is-found-by-its-newest-revision.md.
alter table inventory.stock
  -- How often the row was changed.
  add column revision bigint not null default 0,
  -- revision / 32
  add column revision_group bigint not null default 0,
  drop constraint stock_pkey,
  add primary key (product_id, revision_group);
