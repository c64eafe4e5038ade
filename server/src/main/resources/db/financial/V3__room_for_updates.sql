-- A payment is inserted and updated once, within a second as a rule. Where the page has room for the second version, the update logs what
-- differs instead of the whole row, and touches one page instead of two.
alter table financial.payments set (fillfactor = 50);
