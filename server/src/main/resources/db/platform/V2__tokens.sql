-- What is refused before it expires. The subject is an account, a session or an API key. A row lives
-- as long as a token of its subject may.
create table platform.token_revocation (
  subject uuid not null,
  -- Tokens of the subject with a lower version are refused; a session and a key have no versions.
  valid_from_version integer not null,
  expires_at timestamptz not null,
  -- Of the transaction that wrote the row. A poll reads the rows of transactions that had not ended
  -- at the poll before.
  written_by xid8 not null default pg_current_xact_id()
);

create index token_revocation_by_transaction on platform.token_revocation (written_by);

-- Read by the purge.
create index token_revocation_by_expiry on platform.token_revocation (expires_at);

-- Keys that sign access tokens. All processes on the database verify with the public keys. A private
-- key is encrypted; only processes with the secret of that name can sign with it.
create table platform.signing_key (
  id text primary key check (length(id) between 1 and 64),
  public_key bytea not null,
  secret_name text not null,
  private_key bytea not null,
  signs_from timestamptz not null,
  signs_until timestamptz not null,
  verifies_until timestamptz not null,
  check (signs_from < signs_until and signs_until < verifies_until)
);
