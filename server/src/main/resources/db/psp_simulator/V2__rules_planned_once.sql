-- A rule that PostgreSQL plans once a session instead of for every statement that writes a row. See docs/adr/0013-rules-planned-once.md.

create domain psp_simulator.charge_status as text
  check (value in ('CAPTURED', 'DECLINED', 'PENDING', 'FAILING', 'SILENT', 'VOIDED'));

alter table psp_simulator.charges
  drop constraint charges_status,
  alter column status type psp_simulator.charge_status;
