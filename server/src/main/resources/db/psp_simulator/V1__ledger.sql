-- What the simulated provider knows, apart from financial's own books so that both can be compared.
create table psp_simulator.charges (
  key        uuid           primary key,
  amount     numeric(19, 4) not null,
  currency   text           not null,
  status     text           not null,
  failures   integer        not null, -- how often it has failed on purpose
  created_at timestamptz    not null default clock_timestamp(),

  constraint charges_status check (
    status in ('CAPTURED', 'DECLINED', 'PENDING', 'FAILING', 'SILENT', 'VOIDED'))
);

create table psp_simulator.refunds (
  key        uuid           primary key,
  charge_key uuid           not null references psp_simulator.charges,
  amount     numeric(19, 4) not null check (amount > 0),
  created_at timestamptz    not null default clock_timestamp()
);

create index refunds_of_charge on psp_simulator.refunds (charge_key);
