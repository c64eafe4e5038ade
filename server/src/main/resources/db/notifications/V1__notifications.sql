create domain notifications.channel as text check (value in ('EMAIL', 'SMS', 'PUSH'));
create domain notifications.status as text check (value in ('PENDING', 'SENT', 'FAILED', 'SKIPPED'));
create domain notifications.language as text check (value in ('en', 'pt', 'es'));

-- How customers are reached, sealed as in their events. A row without a name belongs to a customer whose data are erased.
create table notifications.customer (
  customer_id uuid primary key,
  name text,
  email text,
  phone text,
  language notifications.language,
  constraint erased_whole check ((name is null) = (email is null) and (name is not null or (phone is null and language is null)))
);

-- The customers of orders, for events that name the order alone.
create table notifications.order (
  order_id uuid primary key,
  customer_id uuid not null,
  number text,
  remembered_at timestamptz not null default now()
);
create index order_remembered_at on notifications.order using brin (remembered_at);

create function notifications.message_is_consistent(
  status text, attempts smallint, due_at timestamptz, ended_at timestamptz, failure text, recipient text, order_id uuid, customer_id uuid
) returns boolean language plpgsql immutable parallel safe as $$
begin
  return coalesce(
    attempts >= 0 and (recipient <> 'customer' or order_id is not null or customer_id is not null) and case status
      when 'PENDING' then due_at is not null and ended_at is null and failure is null
      when 'SENT' then due_at is null and ended_at is not null and failure is null and attempts > 0
      else due_at is null and ended_at is not null and failure is not null
    end,
    false);
end
$$;

-- One message for each occurrence, template, channel and recipient. occurrence: the order for what happens once to an order, else the payment, the
-- refund, the shipment or the event; of a message by hand its own id. recipient: 'customer' or an address. recorded: the history knows its state.
create table notifications.message (
  id uuid primary key,
  occurrence uuid not null,
  template text not null,
  channel notifications.channel not null,
  recipient text not null,
  order_id uuid,
  customer_id uuid,
  trigger text not null,
  details text not null,
  status notifications.status not null default 'PENDING',
  attempts smallint not null default 0,
  due_at timestamptz,
  failure text,
  recorded boolean not null default false,
  created_at timestamptz not null,
  ended_at timestamptz,
  constraint one_message_for_each_recipient unique (occurrence, template, channel, recipient),
  constraint consistent check (
    notifications.message_is_consistent(status, attempts, due_at, ended_at, failure, recipient, order_id, customer_id))
);
create index message_due on notifications.message (due_at) where status = 'PENDING';
create index message_ahead on notifications.message (id) where not recorded;
create index message_ended on notifications.message using brin (ended_at);

-- The words of messages, sealed with the customer's key where they are for a customer.
create table notifications.history (
  id uuid primary key,
  channel notifications.channel not null,
  template text not null,
  order_id uuid,
  customer_id uuid,
  trigger text not null,
  recipient text not null,
  subject text not null,
  content text not null,
  status notifications.status not null check (status <> 'SKIPPED'),
  failure text,
  created_at timestamptz not null,
  sent_at timestamptz,
  constraint sent_or_not check ((status = 'SENT') = (sent_at is not null) and (status = 'FAILED') = (failure is not null))
);
create index history_order on notifications.history (order_id, id) where order_id is not null;
create index history_customer on notifications.history (customer_id, id) where customer_id is not null;
create index history_not_sent on notifications.history (id) where status <> 'SENT';
create index history_created on notifications.history using brin (created_at);
