-- What the buyer of a charge that waits was told to pay with, so that it is the same whenever it is asked for.
alter table psp_simulator.charges
  add column pay_code text,
  add column pay_by   timestamptz;
