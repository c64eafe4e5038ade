-- A small shop on the first version of each schema, as pg_dump of PostgreSQL 15 wrote it after the program of that time
-- (commit 866aabc) had run: orders confirmed, completed, cancelled for three reasons, a draft and one whose payment waits;
-- a refund in part, a hold by hand and a dead letter. It never changes.

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE SCHEMA customers;

CREATE SCHEMA financial;

CREATE SCHEMA inventory;

CREATE SCHEMA messaging;

CREATE SCHEMA operations;

CREATE SCHEMA platform;

CREATE SCHEMA psp_simulator;

CREATE SCHEMA sales;

CREATE FUNCTION messaging.open_segment(number integer, first_position bigint) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'messaging'
    AS $$
declare
  name text := format('event_%s', number);
begin
  execute format('create table %I (like event including defaults)', name);
  execute format('alter table %I add check (segment = %s)', name, number);
  execute format('create unique index on %I (position)', name);
  execute format('create index on %I (key, position)', name);
  execute format('alter table event attach partition %I for values in (%s)', name, number);
  insert into log_segment (segment, first_position) values (number, first_position);
end
$$;

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE customers.customer (
    id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    phone text,
    active boolean NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT customer_check CHECK ((email_key = lower(email))),
    CONSTRAINT customer_email_check CHECK ((length(email) <= 254)),
    CONSTRAINT customer_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT customer_phone_check CHECK ((length(phone) <= 32)),
    CONSTRAINT customer_version_check CHECK ((version >= 1))
);

CREATE TABLE customers.schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);

CREATE TABLE customers.user_account (
    login text NOT NULL,
    password_hash text NOT NULL,
    roles text[] NOT NULL,
    customer_id uuid,
    active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT user_account_check CHECK ((('customer'::text = ANY (roles)) = (customer_id IS NOT NULL))),
    CONSTRAINT user_account_check1 CHECK (((POSITION(('@'::text) IN (login)) > 0) = (customer_id IS NOT NULL))),
    CONSTRAINT user_account_login_check CHECK ((login = lower(login))),
    CONSTRAINT user_account_roles_check CHECK (((cardinality(roles) > 0) AND (roles <@ ARRAY['admin'::text, 'operator'::text, 'warehouse'::text, 'customer'::text])))
);

CREATE TABLE financial.order_notes (
    order_id uuid NOT NULL,
    customer_id uuid,
    amount numeric(19,4),
    currency text,
    CONSTRAINT order_notes_whole CHECK ((num_nulls(customer_id, amount, currency) = ANY (ARRAY[0, 3])))
);

CREATE TABLE financial.payments (
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    amount numeric(19,4) NOT NULL,
    currency text NOT NULL,
    method text NOT NULL,
    token text,
    status text NOT NULL,
    waiting boolean NOT NULL,
    order_cancelled boolean NOT NULL,
    attempts integer NOT NULL,
    due_at timestamp with time zone,
    settled_by text,
    transaction_id text,
    failure text,
    refunded numeric(19,4) NOT NULL,
    owed numeric(19,4) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    processed_at timestamp with time zone,
    correlation_id text NOT NULL,
    causation_id uuid,
    traceparent text,
    tracestate text,
    CONSTRAINT payments_amount_check CHECK ((amount >= (0)::numeric)),
    CONSTRAINT payments_asked CHECK (((status = 'REQUESTED'::text) <= (attempts = 0))),
    CONSTRAINT payments_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT payments_captured CHECK (((status = ANY (ARRAY['SUCCEEDED'::text, 'PARTIALLY_REFUNDED'::text, 'REFUNDED'::text])) = (transaction_id IS NOT NULL))),
    CONSTRAINT payments_never_back_more_than_paid CHECK (((refunded + owed) <= amount)),
    CONSTRAINT payments_nothing_back_unless_paid CHECK ((((refunded + owed) = (0)::numeric) OR (transaction_id IS NOT NULL))),
    CONSTRAINT payments_open_is_due CHECK (((status = ANY (ARRAY['REQUESTED'::text, 'PROCESSING'::text])) = (due_at IS NOT NULL))),
    CONSTRAINT payments_owed_check CHECK ((owed >= (0)::numeric)),
    CONSTRAINT payments_processed CHECK (((status = ANY (ARRAY['REQUESTED'::text, 'PROCESSING'::text])) = (processed_at IS NULL))),
    CONSTRAINT payments_refunded CHECK (((status = ANY (ARRAY['PARTIALLY_REFUNDED'::text, 'REFUNDED'::text])) = (refunded > (0)::numeric))),
    CONSTRAINT payments_refunded_check CHECK ((refunded >= (0)::numeric)),
    CONSTRAINT payments_status CHECK ((status = ANY (ARRAY['REQUESTED'::text, 'PROCESSING'::text, 'SUCCEEDED'::text, 'FAILED'::text, 'CANCELLED'::text, 'PARTIALLY_REFUNDED'::text, 'REFUNDED'::text]))),
    CONSTRAINT payments_wholly_refunded CHECK (((status = 'REFUNDED'::text) <= (refunded = amount)))
);

CREATE TABLE financial.refunds (
    id uuid NOT NULL,
    payment_id uuid NOT NULL,
    amount numeric(19,4) NOT NULL,
    currency text NOT NULL,
    reason text,
    attempts integer NOT NULL,
    due_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    correlation_id text NOT NULL,
    causation_id uuid,
    traceparent text,
    tracestate text,
    CONSTRAINT refunds_amount_check CHECK ((amount > (0)::numeric)),
    CONSTRAINT refunds_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT refunds_owed_is_due CHECK (((done_at IS NULL) = (due_at IS NOT NULL)))
);

CREATE TABLE financial.schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);

CREATE TABLE financial.webhooks (
    id text NOT NULL,
    received_at timestamp with time zone NOT NULL
);

CREATE TABLE inventory.ledger (
    id bigint NOT NULL,
    product_id uuid NOT NULL,
    kind text NOT NULL,
    physical_change integer NOT NULL,
    reserved_change integer NOT NULL,
    order_id uuid,
    reason text,
    at timestamp with time zone NOT NULL,
    CONSTRAINT ledger_check CHECK (((physical_change <> 0) OR (reserved_change <> 0))),
    CONSTRAINT ledger_kind_check CHECK ((kind = ANY (ARRAY['received'::text, 'adjusted'::text, 'reserved'::text, 'released'::text, 'expired'::text, 'confirmed'::text, 'returned'::text])))
);

ALTER TABLE inventory.ledger ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME inventory.ledger_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE inventory.product (
    id uuid NOT NULL,
    sku text NOT NULL,
    name text NOT NULL,
    description text NOT NULL,
    category text NOT NULL,
    price numeric(19,4) NOT NULL,
    currency text NOT NULL,
    min_stock integer NOT NULL,
    active boolean NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT product_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT product_min_stock_check CHECK ((min_stock >= 0)),
    CONSTRAINT product_price_check CHECK ((price >= (0)::numeric)),
    CONSTRAINT product_version_check CHECK ((version >= 1))
);

CREATE TABLE inventory.reservation (
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    status text NOT NULL,
    product_ids uuid[] NOT NULL,
    quantities integer[] NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    renewals smallint NOT NULL,
    settled boolean NOT NULL,
    returned_at timestamp with time zone,
    CONSTRAINT reservation_confirmed_in_time CHECK (((status <> 'CONFIRMED'::text) OR (ended_at < expires_at) OR (renewals > 0))),
    CONSTRAINT reservation_ended CHECK (((ended_at IS NULL) = (status = 'RESERVED'::text))),
    CONSTRAINT reservation_lines CHECK ((cardinality(product_ids) = cardinality(quantities))),
    CONSTRAINT reservation_quantities CHECK ((0 < ALL (quantities))),
    CONSTRAINT reservation_renewals_check CHECK (((renewals >= 0) AND (renewals <= 1))),
    CONSTRAINT reservation_returned CHECK (((returned_at IS NULL) OR (status = 'CONFIRMED'::text))),
    CONSTRAINT reservation_status_check CHECK ((status = ANY (ARRAY['RESERVED'::text, 'CONFIRMED'::text, 'RELEASED'::text, 'EXPIRED'::text]))),
    CONSTRAINT reservation_tombstone CHECK (((cardinality(product_ids) > 0) OR (status = 'RELEASED'::text)))
);

CREATE TABLE inventory.schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);

CREATE TABLE inventory.stock (
    product_id uuid NOT NULL,
    physical integer NOT NULL,
    reserved integer NOT NULL,
    CONSTRAINT stock_not_oversold CHECK ((reserved <= physical)),
    CONSTRAINT stock_physical_check CHECK ((physical >= 0)),
    CONSTRAINT stock_reserved_check CHECK ((reserved >= 0))
)
WITH (fillfactor='50');

CREATE TABLE messaging.dead_letter (
    id uuid NOT NULL,
    subscription text NOT NULL,
    "position" bigint NOT NULL,
    status text NOT NULL,
    attempts integer NOT NULL,
    event_id uuid NOT NULL,
    type text NOT NULL,
    subject uuid NOT NULL,
    key uuid NOT NULL,
    "time" timestamp with time zone NOT NULL,
    correlation_id text NOT NULL,
    causation_id uuid,
    traceparent text,
    tracestate text,
    data text NOT NULL,
    original_data text,
    error_type text NOT NULL,
    error_message text NOT NULL,
    stack_trace text NOT NULL,
    first_failed_at timestamp with time zone NOT NULL,
    last_failed_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    CONSTRAINT dead_letter_status_check CHECK ((status = ANY (ARRAY['OPEN'::text, 'RETRYING'::text, 'RESOLVED'::text, 'DISCARDED'::text])))
);

CREATE TABLE messaging.dead_letter_action (
    dead_letter_id uuid NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    kind text NOT NULL,
    by text NOT NULL,
    reason text
);

CREATE TABLE messaging.event (
    segment integer NOT NULL,
    "position" bigint NOT NULL,
    id uuid NOT NULL,
    type text NOT NULL,
    subject uuid NOT NULL,
    key uuid NOT NULL,
    "time" timestamp with time zone NOT NULL,
    correlation_id text NOT NULL,
    causation_id uuid,
    traceparent text,
    tracestate text,
    data text NOT NULL
)
PARTITION BY LIST (segment);

CREATE TABLE messaging.event_1 (
    segment integer NOT NULL,
    "position" bigint NOT NULL,
    id uuid NOT NULL,
    type text NOT NULL,
    subject uuid NOT NULL,
    key uuid NOT NULL,
    "time" timestamp with time zone NOT NULL,
    correlation_id text NOT NULL,
    causation_id uuid,
    traceparent text,
    tracestate text,
    data text NOT NULL,
    CONSTRAINT event_1_segment_check CHECK ((segment = 1))
);

CREATE TABLE messaging.log_head (
    only_row boolean DEFAULT true NOT NULL,
    "position" bigint NOT NULL,
    segment integer NOT NULL,
    CONSTRAINT log_head_only_row_check CHECK (only_row)
)
WITH (fillfactor='10', autovacuum_vacuum_cost_delay='0');

CREATE TABLE messaging.log_segment (
    segment integer NOT NULL,
    first_position bigint NOT NULL,
    opened_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    closed_at timestamp with time zone
);

CREATE TABLE messaging.parked (
    id uuid NOT NULL,
    subscription text NOT NULL,
    "position" bigint NOT NULL,
    status text NOT NULL,
    attempts integer NOT NULL,
    due_at timestamp with time zone,
    event_id uuid NOT NULL,
    type text NOT NULL,
    subject uuid NOT NULL,
    key uuid NOT NULL,
    "time" timestamp with time zone NOT NULL,
    correlation_id text NOT NULL,
    causation_id uuid,
    traceparent text,
    tracestate text,
    data text NOT NULL,
    error_type text,
    error_message text,
    first_failed_at timestamp with time zone,
    CONSTRAINT parked_check CHECK (((status = 'RETRYING'::text) = (due_at IS NOT NULL))),
    CONSTRAINT parked_status_check CHECK ((status = ANY (ARRAY['WAITING'::text, 'RETRYING'::text, 'DEAD'::text])))
);

CREATE TABLE messaging.schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);

CREATE TABLE messaging.subscription (
    name text NOT NULL,
    "position" bigint NOT NULL,
    epoch bigint DEFAULT 0 NOT NULL,
    owner uuid,
    lease_until timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    delivered bigint DEFAULT 0 NOT NULL,
    handled bigint DEFAULT 0 NOT NULL,
    discarded bigint DEFAULT 0 NOT NULL
)
WITH (fillfactor='10');

CREATE TABLE operations.counted_to (
    only_row boolean DEFAULT true NOT NULL,
    "position" bigint NOT NULL,
    CONSTRAINT counted_to_only_row_check CHECK (only_row)
)
WITH (fillfactor='10');

CREATE TABLE operations.manual_publication (
    event_id uuid NOT NULL,
    published_by text NOT NULL,
    published_at timestamp with time zone NOT NULL,
    unchecked boolean NOT NULL
);

CREATE TABLE operations.order_count (
    status text NOT NULL,
    orders bigint NOT NULL
)
WITH (fillfactor='10');

CREATE TABLE operations.schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);

CREATE TABLE platform.idempotency (
    id uuid NOT NULL,
    fingerprint bytea NOT NULL,
    status smallint NOT NULL,
    headers text NOT NULL,
    body text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT idempotency_fingerprint_check CHECK ((octet_length(fingerprint) = 32)),
    CONSTRAINT idempotency_status_check CHECK (((status >= 200) AND (status <= 299)))
);

CREATE TABLE platform.schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);

CREATE TABLE psp_simulator.charges (
    key uuid NOT NULL,
    amount numeric(19,4) NOT NULL,
    currency text NOT NULL,
    status text NOT NULL,
    failures integer NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT charges_status CHECK ((status = ANY (ARRAY['CAPTURED'::text, 'DECLINED'::text, 'PENDING'::text, 'FAILING'::text, 'SILENT'::text, 'VOIDED'::text])))
);

CREATE TABLE psp_simulator.refunds (
    key uuid NOT NULL,
    charge_key uuid NOT NULL,
    amount numeric(19,4) NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT refunds_amount_check CHECK ((amount > (0)::numeric))
);

CREATE TABLE psp_simulator.schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);

CREATE TABLE sales.customer (
    customer_id uuid NOT NULL,
    active boolean NOT NULL
);

CREATE TABLE sales."order" (
    id uuid NOT NULL,
    customer_id uuid NOT NULL,
    status text NOT NULL,
    reason text,
    total numeric(19,4) NOT NULL,
    currency text NOT NULL,
    payment_method text,
    payment_token text,
    shipping_address text,
    reservation_id uuid,
    reservation_status text,
    reservation_expires_at timestamp with time zone,
    payment_id uuid,
    payment_status text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    under_way_since timestamp with time zone,
    settled text GENERATED ALWAYS AS (
CASE
    WHEN (status = ANY (ARRAY['PENDING'::text, 'PENDING_PAYMENT'::text, 'PAID'::text])) THEN NULL::text
    ELSE status
END) STORED,
    version integer NOT NULL,
    correlation_id text NOT NULL,
    request_key uuid,
    CONSTRAINT order_check CHECK (((reason IS NOT NULL) = (status = ANY (ARRAY['CANCELLED'::text, 'FAILED'::text])))),
    CONSTRAINT order_check1 CHECK (((status = 'FAILED'::text) = (NOT (reason IS DISTINCT FROM 'deadline_exceeded'::text)))),
    CONSTRAINT order_check2 CHECK (((under_way_since IS NOT NULL) = (status = ANY (ARRAY['PENDING'::text, 'PENDING_PAYMENT'::text, 'PAID'::text])))),
    CONSTRAINT order_check3 CHECK (((reservation_id IS NULL) = (reservation_status IS NULL))),
    CONSTRAINT order_check4 CHECK (((payment_id IS NULL) = (payment_status IS NULL))),
    CONSTRAINT order_check5 CHECK (((status <> ALL (ARRAY['CONFIRMED'::text, 'SHIPPED'::text, 'DELIVERED'::text, 'COMPLETED'::text])) OR ((NOT (reservation_status IS DISTINCT FROM 'CONFIRMED'::text)) AND (COALESCE(payment_status, ''::text) = ANY (ARRAY['SUCCEEDED'::text, 'PARTIALLY_REFUNDED'::text, 'REFUNDED'::text]))))),
    CONSTRAINT order_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT order_payment_method_check CHECK ((payment_method = ANY (ARRAY['credit_card'::text, 'debit_card'::text, 'pix'::text, 'boleto'::text]))),
    CONSTRAINT order_payment_status_check CHECK ((payment_status = ANY (ARRAY['FAILED'::text, 'SUCCEEDED'::text, 'PARTIALLY_REFUNDED'::text, 'REFUNDED'::text]))),
    CONSTRAINT order_reason_check CHECK ((reason = ANY (ARRAY['out_of_stock'::text, 'unknown_product'::text, 'payment_failed'::text, 'reservation_expired'::text, 'customer_request'::text, 'operator_request'::text, 'returned'::text, 'deadline_exceeded'::text]))),
    CONSTRAINT order_reservation_status_check CHECK ((reservation_status = ANY (ARRAY['RESERVED'::text, 'RELEASED'::text, 'EXPIRED'::text, 'CONFIRMED'::text]))),
    CONSTRAINT order_status_check CHECK ((status = ANY (ARRAY['DRAFT'::text, 'PENDING'::text, 'PENDING_PAYMENT'::text, 'PAID'::text, 'CONFIRMED'::text, 'SHIPPED'::text, 'DELIVERED'::text, 'COMPLETED'::text, 'CANCELLED'::text, 'FAILED'::text]))),
    CONSTRAINT order_total_check CHECK ((total >= (0)::numeric)),
    CONSTRAINT order_version_check CHECK ((version >= 1))
)
WITH (fillfactor='45');

CREATE TABLE sales.order_line (
    order_id uuid NOT NULL,
    line smallint NOT NULL,
    product_id uuid NOT NULL,
    sku text NOT NULL,
    name text NOT NULL,
    quantity integer NOT NULL,
    unit_price numeric(19,4) NOT NULL,
    CONSTRAINT order_line_line_check CHECK ((line >= 1)),
    CONSTRAINT order_line_quantity_check CHECK (((quantity >= 1) AND (quantity <= 1000000))),
    CONSTRAINT order_line_unit_price_check CHECK ((unit_price >= (0)::numeric))
);

CREATE TABLE sales.product (
    product_id uuid NOT NULL,
    sku text NOT NULL,
    name text NOT NULL,
    price numeric(19,4) NOT NULL,
    currency text NOT NULL,
    active boolean NOT NULL,
    CONSTRAINT product_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT product_price_check CHECK ((price >= (0)::numeric))
);

CREATE TABLE sales.schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);

ALTER TABLE ONLY messaging.event ATTACH PARTITION messaging.event_1 FOR VALUES IN (1);

INSERT INTO customers.customer VALUES ('01a216fd-45a1-77b8-8b60-2b5620eb5b53', 'Maria Souza', 'maria@example.org', 'maria@example.org', '+5511999990000', true, 1, '2026-11-26 08:33:46.913423+00', '2026-11-26 08:33:46.913423+00');
INSERT INTO customers.customer VALUES ('01a216fd-45d3-7188-bfe1-56ea93b023c2', 'João Lima', 'joao@example.org', 'joao@example.org', NULL, true, 1, '2026-11-26 08:33:46.963029+00', '2026-11-26 08:33:46.963029+00');

INSERT INTO customers.schema_history VALUES (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '"customers"', NULL, 'owner', '2026-11-26 08:33:40.294398', 0, true);
INSERT INTO customers.schema_history VALUES (1, '1', 'customers', 'SQL', 'V1__customers.sql', -1039921844, 'owner', '2026-11-26 08:33:40.318182', 19, true);

INSERT INTO customers.user_account VALUES ('admin', '$2a$10$.nLxkHEQWHg.KMDhX.17b.pZv309YbtQVIVjY.WcLw4s9BqWylxqS', '{admin}', NULL, true, '2026-11-26 08:33:45.26863+00');
INSERT INTO customers.user_account VALUES ('maria@example.org', '$2a$10$U8p.3tW2FGxB3IsS1VQrceJTdjlQl7wtxLPHPxFfYJk8/1kxnPLsS', '{customer}', '01a216fd-45a1-77b8-8b60-2b5620eb5b53', true, '2026-11-26 08:33:46.913423+00');
INSERT INTO customers.user_account VALUES ('otto', '$2a$10$ixTGOc634uNMq.WsBOsFzuOxAndxwYzKDMKkQi6fZtm.DHRTTZyk2', '{operator}', NULL, true, '2026-11-26 08:33:47.104494+00');

INSERT INTO financial.order_notes VALUES ('01a216fd-481a-75f2-b3c1-8bd3a95e8f5b', NULL, NULL, NULL);

INSERT INTO financial.payments VALUES ('01a216fd-475e-71ff-9147-97e0926218de', '01a216fd-46fa-7621-9eea-03130d6433e6', '01a216fd-45a1-77b8-8b60-2b5620eb5b53', 37.5000, 'EUR', 'credit_card', 'tok_approve', 'SUCCEEDED', false, false, 1, NULL, 'PROVIDER', 'sim_01a216fd475e71ff914797e0926218de', NULL, 0.0000, 0.0000, '2026-11-26 08:33:47.352081+00', '2026-11-26 08:33:47.394547+00', '01a216fd-46ae-729f-8cb8-c5be7a2275bd', '01a216fd-4742-7722-8821-2693e882e64c', NULL, NULL);
INSERT INTO financial.payments VALUES ('01a216fd-487c-74ed-a35d-e82e8d650f36', '01a216fd-486f-741e-bc2a-0b0185647ce9', '01a216fd-45d3-7188-bfe1-56ea93b023c2', 35.0000, 'EUR', 'credit_card', 'tok_decline', 'FAILED', false, true, 1, NULL, 'PROVIDER', NULL, 'declined', 0.0000, 0.0000, '2026-11-26 08:33:47.644047+00', '2026-11-26 08:33:47.65027+00', '01a216fd-4868-7765-bf9a-8b866e7f2361', '01a216fd-487a-73d9-ac20-9c0efd8a8290', NULL, NULL);
INSERT INTO financial.payments VALUES ('01a216fd-48ca-75fc-a799-eeb0cc80d3c3', '01a216fd-48b5-74b0-aec1-2d7362fdd05d', '01a216fd-45a1-77b8-8b60-2b5620eb5b53', 40.0000, 'EUR', 'pix', 'tok_pending', 'PROCESSING', true, false, 1, '2026-11-26 08:34:47.728649+00', NULL, NULL, NULL, 0.0000, 0.0000, '2026-11-26 08:33:47.722186+00', NULL, '01a216fd-48a8-7117-a4a7-ff1c0ca7acc2', '01a216fd-48c4-7038-92d7-82a22d3fb4d2', NULL, NULL);
INSERT INTO financial.payments VALUES ('01a216fd-7030-7661-86d6-45078509c8cb', '01a216fd-7025-7750-9df0-7f146f94fc4f', '01a216fd-45d3-7188-bfe1-56ea93b023c2', 32.5000, 'EUR', 'debit_card', 'tok_approve', 'REFUNDED', false, true, 1, NULL, 'PROVIDER', 'sim_01a216fd7030766186d645078509c8cb', NULL, 32.5000, 0.0000, '2026-11-26 08:33:57.808649+00', '2026-11-26 08:33:57.813254+00', '01a216fd-6ffe-74e4-89f6-b16e8c0dca59', '01a216fd-702e-7088-98b7-36eaab906482', NULL, NULL);
INSERT INTO financial.payments VALUES ('01a216fd-7144-74d7-a18e-7549ab4bc854', '01a216fd-7131-73d8-a191-0bd534de7f9e', '01a216fd-45a1-77b8-8b60-2b5620eb5b53', 42.5000, 'EUR', 'boleto', 'tok_approve', 'SUCCEEDED', false, false, 1, NULL, 'PROVIDER', 'sim_01a216fd714474d7a18e7549ab4bc854', NULL, 0.0000, 0.0000, '2026-11-26 08:33:58.084411+00', '2026-11-26 08:33:58.088754+00', '01a216fd-711f-7167-8754-8a9ffc346584', '01a216fd-7140-7418-8d83-b9df10146d01', NULL, NULL);
INSERT INTO financial.payments VALUES ('01a216fd-7255-736d-b16a-9154e58a9423', '01a216fd-724e-7453-97f5-5e085915539e', '01a216fd-45a1-77b8-8b60-2b5620eb5b53', 35.0000, 'EUR', 'credit_card', 'tok_approve', 'PARTIALLY_REFUNDED', false, false, 1, NULL, 'PROVIDER', 'sim_01a216fd7255736db16a9154e58a9423', NULL, 1.0000, 0.0000, '2026-11-26 08:33:58.357545+00', '2026-11-26 08:33:58.359467+00', '01a216fd-723f-7394-8f62-2cd2e8aa5abc', '01a216fd-7254-7525-9c09-99cc05965cbf', NULL, NULL);

INSERT INTO financial.refunds VALUES ('01a216fd-70c4-76b9-8962-a2cc7a9e6d06', '01a216fd-7030-7661-86d6-45078509c8cb', 32.5000, 'EUR', 'operator_request', 1, NULL, '2026-11-26 08:33:57.953822+00', '2026-11-26 08:33:58.010003+00', '01a216fd-70a3-773f-99e5-706a01519619', '01a216fd-70b9-77b9-b49e-a55d788c7f66', NULL, NULL);
INSERT INTO financial.refunds VALUES ('01a216fd-72bb-726e-a35c-9f53b329a963', '01a216fd-7255-736d-b16a-9154e58a9423', 1.0000, 'EUR', 'scratched', 1, NULL, '2026-11-26 08:33:58.446611+00', '2026-11-26 08:33:58.475796+00', '01a216fd-72a2-7201-8743-9988e92c6f90', NULL, NULL, NULL);

INSERT INTO financial.schema_history VALUES (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '"financial"', NULL, 'owner', '2026-11-26 08:33:39.982202', 0, true);
INSERT INTO financial.schema_history VALUES (1, '1', 'payments', 'SQL', 'V1__payments.sql', 1174027847, 'owner', '2026-11-26 08:33:39.989', 32, true);

INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (1, '01a216fd-4450-77a2-852e-33f968928115', 'received', 100, 0, NULL, 'first stock', '2026-11-26 08:33:46.629716+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (2, '01a216fd-44d1-703a-9397-a545eedea10a', 'received', 10, 0, NULL, 'first stock', '2026-11-26 08:33:46.710165+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (3, '01a216fd-4450-77a2-852e-33f968928115', 'reserved', 0, 3, '01a216fd-46fa-7621-9eea-03130d6433e6', NULL, '2026-11-26 08:33:47.303641+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (4, '01a216fd-44d1-703a-9397-a545eedea10a', 'reserved', 0, 1, '01a216fd-46fa-7621-9eea-03130d6433e6', NULL, '2026-11-26 08:33:47.303641+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (5, '01a216fd-4450-77a2-852e-33f968928115', 'confirmed', -3, -3, '01a216fd-46fa-7621-9eea-03130d6433e6', NULL, '2026-11-26 08:33:47.426984+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (6, '01a216fd-44d1-703a-9397-a545eedea10a', 'confirmed', -1, -1, '01a216fd-46fa-7621-9eea-03130d6433e6', NULL, '2026-11-26 08:33:47.426984+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (7, '01a216fd-4450-77a2-852e-33f968928115', 'reserved', 0, 2, '01a216fd-486f-741e-bc2a-0b0185647ce9', NULL, '2026-11-26 08:33:47.639608+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (8, '01a216fd-44d1-703a-9397-a545eedea10a', 'reserved', 0, 1, '01a216fd-486f-741e-bc2a-0b0185647ce9', NULL, '2026-11-26 08:33:47.639608+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (9, '01a216fd-4450-77a2-852e-33f968928115', 'released', 0, -2, '01a216fd-486f-741e-bc2a-0b0185647ce9', NULL, '2026-11-26 08:33:47.667209+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (10, '01a216fd-44d1-703a-9397-a545eedea10a', 'released', 0, -1, '01a216fd-486f-741e-bc2a-0b0185647ce9', NULL, '2026-11-26 08:33:47.667209+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (11, '01a216fd-4450-77a2-852e-33f968928115', 'reserved', 0, 4, '01a216fd-48b5-74b0-aec1-2d7362fdd05d', NULL, '2026-11-26 08:33:47.710083+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (12, '01a216fd-44d1-703a-9397-a545eedea10a', 'reserved', 0, 1, '01a216fd-48b5-74b0-aec1-2d7362fdd05d', NULL, '2026-11-26 08:33:47.710083+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (13, '01a216fd-4450-77a2-852e-33f968928115', 'reserved', 0, 1, '01a216fd-7025-7750-9df0-7f146f94fc4f', NULL, '2026-11-26 08:33:57.802206+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (14, '01a216fd-44d1-703a-9397-a545eedea10a', 'reserved', 0, 1, '01a216fd-7025-7750-9df0-7f146f94fc4f', NULL, '2026-11-26 08:33:57.802206+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (15, '01a216fd-4450-77a2-852e-33f968928115', 'confirmed', -1, -1, '01a216fd-7025-7750-9df0-7f146f94fc4f', NULL, '2026-11-26 08:33:57.823848+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (16, '01a216fd-44d1-703a-9397-a545eedea10a', 'confirmed', -1, -1, '01a216fd-7025-7750-9df0-7f146f94fc4f', NULL, '2026-11-26 08:33:57.823848+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (17, '01a216fd-4450-77a2-852e-33f968928115', 'returned', 1, 0, '01a216fd-7025-7750-9df0-7f146f94fc4f', NULL, '2026-11-26 08:33:57.950983+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (18, '01a216fd-44d1-703a-9397-a545eedea10a', 'returned', 1, 0, '01a216fd-7025-7750-9df0-7f146f94fc4f', NULL, '2026-11-26 08:33:57.950983+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (19, '01a216fd-4450-77a2-852e-33f968928115', 'reserved', 0, 5, '01a216fd-7131-73d8-a191-0bd534de7f9e', NULL, '2026-11-26 08:33:58.074764+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (20, '01a216fd-44d1-703a-9397-a545eedea10a', 'reserved', 0, 1, '01a216fd-7131-73d8-a191-0bd534de7f9e', NULL, '2026-11-26 08:33:58.074764+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (21, '01a216fd-4450-77a2-852e-33f968928115', 'confirmed', -5, -5, '01a216fd-7131-73d8-a191-0bd534de7f9e', NULL, '2026-11-26 08:33:58.094108+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (22, '01a216fd-44d1-703a-9397-a545eedea10a', 'confirmed', -1, -1, '01a216fd-7131-73d8-a191-0bd534de7f9e', NULL, '2026-11-26 08:33:58.094108+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (23, '01a216fd-4450-77a2-852e-33f968928115', 'reserved', 0, 2, '01a216fd-724e-7453-97f5-5e085915539e', NULL, '2026-11-26 08:33:58.35449+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (24, '01a216fd-44d1-703a-9397-a545eedea10a', 'reserved', 0, 1, '01a216fd-724e-7453-97f5-5e085915539e', NULL, '2026-11-26 08:33:58.35449+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (25, '01a216fd-4450-77a2-852e-33f968928115', 'confirmed', -2, -2, '01a216fd-724e-7453-97f5-5e085915539e', NULL, '2026-11-26 08:33:58.362323+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (26, '01a216fd-44d1-703a-9397-a545eedea10a', 'confirmed', -1, -1, '01a216fd-724e-7453-97f5-5e085915539e', NULL, '2026-11-26 08:33:58.362323+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (27, '01a216fd-4450-77a2-852e-33f968928115', 'reserved', 0, 7, '01a203bc-2b1b-761e-9def-206ee8ca6d77', NULL, '2026-11-26 08:33:58.518862+00');
INSERT INTO inventory.ledger OVERRIDING SYSTEM VALUE VALUES (28, '01a216fd-4450-77a2-852e-33f968928115', 'received', 11, 0, NULL, 'delivery', '2026-11-26 08:33:58.56646+00');

INSERT INTO inventory.product VALUES ('01a216fd-4450-77a2-852e-33f968928115', 'CUP-1', 'Cup', '', '', 2.5000, 'EUR', 5, true, 1, '2026-11-26 08:33:46.575991+00', '2026-11-26 08:33:46.575991+00');
INSERT INTO inventory.product VALUES ('01a216fd-44d1-703a-9397-a545eedea10a', 'LAMP-1', 'Lamp', '', 'lighting', 30.0000, 'EUR', 0, true, 1, '2026-11-26 08:33:46.705649+00', '2026-11-26 08:33:46.705649+00');

INSERT INTO inventory.reservation VALUES ('01a216fd-4728-77d3-bafd-a16d41015760', '01a216fd-46fa-7621-9eea-03130d6433e6', 'CONFIRMED', '{01a216fd-4450-77a2-852e-33f968928115,01a216fd-44d1-703a-9397-a545eedea10a}', '{3,1}', '2026-11-26 08:48:47.303641+00', '2026-11-26 08:33:47.303641+00', '2026-11-26 08:33:47.426984+00', 0, true, NULL);
INSERT INTO inventory.reservation VALUES ('01a216fd-4857-7216-a2fe-14c6d91d9091', '01a216fd-481a-75f2-b3c1-8bd3a95e8f5b', 'RELEASED', '{}', '{}', '2026-11-26 08:33:47.606913+00', '2026-11-26 08:33:47.606913+00', '2026-11-26 08:33:47.606913+00', 0, true, NULL);
INSERT INTO inventory.reservation VALUES ('01a216fd-4877-74bb-837a-8276e9a5ee01', '01a216fd-486f-741e-bc2a-0b0185647ce9', 'RELEASED', '{01a216fd-4450-77a2-852e-33f968928115,01a216fd-44d1-703a-9397-a545eedea10a}', '{2,1}', '2026-11-26 08:48:47.639608+00', '2026-11-26 08:33:47.639608+00', '2026-11-26 08:33:47.667209+00', 0, true, NULL);
INSERT INTO inventory.reservation VALUES ('01a216fd-48be-760e-85e5-e13db62d5cd6', '01a216fd-48b5-74b0-aec1-2d7362fdd05d', 'RESERVED', '{01a216fd-4450-77a2-852e-33f968928115,01a216fd-44d1-703a-9397-a545eedea10a}', '{4,1}', '2026-11-26 08:48:47.710083+00', '2026-11-26 08:33:47.710083+00', NULL, 0, false, NULL);
INSERT INTO inventory.reservation VALUES ('01a216fd-702a-74ad-96f5-d96cb51b9c81', '01a216fd-7025-7750-9df0-7f146f94fc4f', 'CONFIRMED', '{01a216fd-4450-77a2-852e-33f968928115,01a216fd-44d1-703a-9397-a545eedea10a}', '{1,1}', '2026-11-26 08:48:57.802206+00', '2026-11-26 08:33:57.802206+00', '2026-11-26 08:33:57.823848+00', 0, true, '2026-11-26 08:33:57.950983+00');
INSERT INTO inventory.reservation VALUES ('01a216fd-713a-766b-b741-7b1c78b22136', '01a216fd-7131-73d8-a191-0bd534de7f9e', 'CONFIRMED', '{01a216fd-4450-77a2-852e-33f968928115,01a216fd-44d1-703a-9397-a545eedea10a}', '{5,1}', '2026-11-26 08:48:58.074764+00', '2026-11-26 08:33:58.074764+00', '2026-11-26 08:33:58.094108+00', 0, true, NULL);
INSERT INTO inventory.reservation VALUES ('01a216fd-7252-765e-9514-79a1f38af53c', '01a216fd-724e-7453-97f5-5e085915539e', 'CONFIRMED', '{01a216fd-4450-77a2-852e-33f968928115,01a216fd-44d1-703a-9397-a545eedea10a}', '{2,1}', '2026-11-26 08:48:58.35449+00', '2026-11-26 08:33:58.35449+00', '2026-11-26 08:33:58.362323+00', 0, true, NULL);
INSERT INTO inventory.reservation VALUES ('01a216fd-72f6-756f-87c6-0ca2c33cc988', '01a203bc-2b1b-761e-9def-206ee8ca6d77', 'RESERVED', '{01a216fd-4450-77a2-852e-33f968928115}', '{7}', '2026-11-27 08:33:58.518862+00', '2026-11-26 08:33:58.518862+00', NULL, 0, false, NULL);

INSERT INTO inventory.schema_history VALUES (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '"inventory"', NULL, 'owner', '2026-11-26 08:33:39.926637', 0, true);
INSERT INTO inventory.schema_history VALUES (1, '1', 'products stock reservations ledger', 'SQL', 'V1__products_stock_reservations_ledger.sql', 1834270310, 'owner', '2026-11-26 08:33:39.937847', 7, true);

INSERT INTO inventory.stock VALUES ('01a216fd-44d1-703a-9397-a545eedea10a', 7, 1);
INSERT INTO inventory.stock VALUES ('01a216fd-4450-77a2-852e-33f968928115', 101, 11);

INSERT INTO messaging.dead_letter VALUES ('01a216fd-7365-73d1-a917-2a00a00bf984', 'sales', 69, 'OPEN', 1, '01a216fd-7350-73b6-b2ae-9de9b0260f50', 'inventory.stock.reserved', '01a203bc-2b1b-761e-9def-206ee8ca6d78', '01a203bc-2b1b-761e-9def-206ee8ca6d78', '2026-11-26 08:33:58.608252+00', '01a216fd-7340-714e-9d00-b1a2001d36ab', NULL, NULL, NULL, '{"broken":true}', NULL, 'Unprocessable', 'the payload is no StockReserved: wrong at ', 'dev.reserva.messaging.Unprocessable: the payload is no StockReserved: wrong at 
	at dev.reserva.platform.json.JsonPayloads.decode(JsonPayloads.java:27)
	at dev.reserva.messaging.EventCatalogue.payload(EventCatalogue.java:68)
	at dev.reserva.messaging.EventCatalogue.payload(EventCatalogue.java:64)
	at dev.reserva.messaging.Message.payload(Message.java:59)
	at dev.reserva.sales.adapters.messaging.SalesMessages.handle(SalesMessages.java:66)
	at dev.reserva.messaging.delivery.SubscriptionRunner.lambda$handle$0(SubscriptionRunner.java:333)
	at dev.reserva.messaging.store.PostgresTransactions.callOnce(PostgresTransactions.java:141)
	at dev.reserva.messaging.store.PostgresTransactions.call(PostgresTransactions.java:93)
	at dev.reserva.messaging.delivery.SubscriptionRunner.handle(SubscriptionRunner.java:320)
	at dev.reserva.messaging.delivery.SubscriptionRunner.takeNext(SubscriptionRunner.java:294)
	at dev.reserva.messaging.delivery.SubscriptionRunner.step(SubscriptionRunner.java:221)
	at dev.reserva.messaging.delivery.SubscriptionRunner.run(SubscriptionRunner.java:183)
	at java.base/java.lang.Thread.run(Thread.java:1474)
Caused by: tools.jackson.databind.exc.ValueInstantiationException: Cannot construct instance of `dev.reserva.contracts.InventoryEvent$StockReserved`, problem: Cannot invoke "java.util.Collection.isEmpty()" because "coll" is null
 at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); byte offset: #UNKNOWN]
	at tools.jackson.databind.exc.ValueInstantiationException.from(ValueInstantiationException.java:44)
	at tools.jackson.databind.DeserializationContext.instantiationException(DeserializationContext.java:2117)
	at tools.jackson.databind.deser.std.StdValueInstantiator.wrapAsDatabindException(StdValueInstantiator.java:581)
	at tools.jackson.databind.deser.std.StdValueInstantiator.rewrapCtorProblem(StdValueInstantiator.java:602)
	at tools.jackson.databind.deser.std.StdValueInstantiator.createFromObjectWith(StdValueInstantiator.java:289)
	at tools.jackson.databind.deser.ValueInstantiator.createFromObjectWith(ValueInstantiator.java:271)
	at tools.jackson.databind.deser.bean.PropertyBasedCreator.build(PropertyBasedCreator.java:294)
	at tools.jackson.databind.deser.bean.BeanDeserializer._deserializeUsingPropertyBased(BeanDeserializer.java:817)
	at tools.jackson.databind.deser.bean.BeanDeserializerBase.deserializeFromObjectUsingNonDefault(BeanDeserializerBase.java:1509)
	at tools.jackson.databind.deser.bean.BeanDeserializer.deserializeFromObject(BeanDeserializer.java:605)
	at tools.jackson.databind.deser.bean.BeanDeserializer.deserialize(BeanDeserializer.java:200)
	at tools.jackson.databind.deser.DeserializationContextExt.readRootValue(DeserializationContextExt.java:266)
	at tools.jackson.databind.ObjectMapper._readMapAndClose(ObjectMapper.java:2639)
	at tools.jackson.databind.ObjectMapper.readValue(ObjectMapper.java:1544)
	at dev.reserva.platform.json.JsonPayloads.decode(JsonPayloads.java:22)
	... 12 more
Caused by: java.lang.NullPointerException: Cannot invoke "java.util.Collection.isEmpty()" because "coll" is null
	at java.base/java.util.ImmutableCollections.listCopy(ImmutableCollections.java:188)
	at java.base/java.util.List.copyOf(List.java:1191)
	at dev.reserva.contracts.InventoryEvent$StockReserved.<init>(InventoryEvent.java:62)
	at java.base/java.lang.invoke.MethodHandle.invokeWithArguments(MethodHandle.java:735)
	at tools.jackson.databind.introspect.AnnotatedConstructor.call(AnnotatedConstructor.java:113)
	at tools.jackson.databind.deser.std.StdValueInstantiator.createFromObjectWith(StdValueInstantiator.java:287)
	... 22 more
', '2026-11-26 08:33:58.631789+00', '2026-11-26 08:33:58.633779+00', NULL);

INSERT INTO messaging.dead_letter_action VALUES ('01a216fd-7365-73d1-a917-2a00a00bf984', '2026-11-26 08:33:58.634499+00', 'dead_lettered', 'reserva', 'the payload is no StockReserved: wrong at ');

INSERT INTO messaging.event_1 VALUES (1, 1, '01a216fd-4458-7008-823d-80dd8180ecd4', 'inventory.product.created', '01a216fd-4450-77a2-852e-33f968928115', '01a216fd-4450-77a2-852e-33f968928115', '2026-11-26 08:33:46.584889+00', '01a216fd-440f-745e-80e2-213c14a46fa2', NULL, NULL, NULL, '{"productId":"01a216fd-4450-77a2-852e-33f968928115","sku":"CUP-1","name":"Cup","category":null,"price":{"amount":"2.50","currency":"EUR"},"active":true}');
INSERT INTO messaging.event_1 VALUES (1, 2, '01a216fd-448c-7631-808a-8ec860c4ccc5', 'inventory.stock.adjusted', '01a216fd-4450-77a2-852e-33f968928115', '01a216fd-4450-77a2-852e-33f968928115', '2026-11-26 08:33:46.636387+00', '01a216fd-440f-745e-80e2-213c14a46fa2', NULL, NULL, NULL, '{"productId":"01a216fd-4450-77a2-852e-33f968928115","kind":"RECEIVED","change":100,"stock":100,"reason":"first stock"}');
INSERT INTO messaging.event_1 VALUES (1, 3, '01a216fd-44d2-760e-b10f-70c1a1020e18', 'inventory.product.created', '01a216fd-44d1-703a-9397-a545eedea10a', '01a216fd-44d1-703a-9397-a545eedea10a', '2026-11-26 08:33:46.706454+00', '01a216fd-44cb-7176-89e4-7cdf56dbcdf3', NULL, NULL, NULL, '{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","sku":"LAMP-1","name":"Lamp","category":"lighting","price":{"amount":"30.00","currency":"EUR"},"active":true}');
INSERT INTO messaging.event_1 VALUES (1, 4, '01a216fd-44d6-70d3-8a66-b0bf54ac9586', 'inventory.stock.adjusted', '01a216fd-44d1-703a-9397-a545eedea10a', '01a216fd-44d1-703a-9397-a545eedea10a', '2026-11-26 08:33:46.710459+00', '01a216fd-44cb-7176-89e4-7cdf56dbcdf3', NULL, NULL, NULL, '{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","kind":"RECEIVED","change":10,"stock":10,"reason":"first stock"}');
INSERT INTO messaging.event_1 VALUES (1, 5, '01a216fd-45a6-73fc-9740-701b7fec99da', 'customers.customer.registered', '01a216fd-45a1-77b8-8b60-2b5620eb5b53', '01a216fd-45a1-77b8-8b60-2b5620eb5b53', '2026-11-26 08:33:46.918263+00', '01a216fd-452b-70c2-a17a-5bf3378c4992', NULL, NULL, NULL, '{"customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","name":"Maria Souza","email":"maria@example.org","phone":"+5511999990000"}');
INSERT INTO messaging.event_1 VALUES (1, 6, '01a216fd-45d6-7283-b50a-5515a71abc6c', 'customers.customer.registered', '01a216fd-45d3-7188-bfe1-56ea93b023c2', '01a216fd-45d3-7188-bfe1-56ea93b023c2', '2026-11-26 08:33:46.966784+00', '01a216fd-45cd-7404-b6d1-e017738bd8a4', NULL, NULL, NULL, '{"customerId":"01a216fd-45d3-7188-bfe1-56ea93b023c2","name":"João Lima","email":"joao@example.org","phone":null}');
INSERT INTO messaging.event_1 VALUES (1, 7, '01a216fd-46fc-77c3-a43d-384ada479c16', 'sales.order.created', '01a216fd-46fa-7621-9eea-03130d6433e6', '01a216fd-46fa-7621-9eea-03130d6433e6', '2026-11-26 08:33:47.260238+00', '01a216fd-46ae-729f-8cb8-c5be7a2275bd', NULL, NULL, NULL, '{"orderId":"01a216fd-46fa-7621-9eea-03130d6433e6","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","items":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","sku":"CUP-1","name":"Cup","quantity":3,"unitPrice":{"amount":"2.50","currency":"EUR"},"total":{"amount":"7.50","currency":"EUR"}},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","sku":"LAMP-1","name":"Lamp","quantity":1,"unitPrice":{"amount":"30.00","currency":"EUR"},"total":{"amount":"30.00","currency":"EUR"}}],"total":{"amount":"37.50","currency":"EUR"},"from":null,"to":"PENDING"}');
INSERT INTO messaging.event_1 VALUES (1, 8, '01a216fd-4729-7689-8b4d-de6e5a9ec1ad', 'inventory.stock.reserved', '01a216fd-4728-77d3-bafd-a16d41015760', '01a216fd-46fa-7621-9eea-03130d6433e6', '2026-11-26 08:33:47.305516+00', '01a216fd-46ae-729f-8cb8-c5be7a2275bd', '01a216fd-46fc-77c3-a43d-384ada479c16', NULL, NULL, '{"orderId":"01a216fd-46fa-7621-9eea-03130d6433e6","reservationId":"01a216fd-4728-77d3-bafd-a16d41015760","lines":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","quantity":3},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","quantity":1}],"expiresAt":"2026-11-26T08:48:47.303641Z"}');
INSERT INTO messaging.event_1 VALUES (1, 9, '01a216fd-4742-7722-8821-2693e882e64c', 'sales.order.payment_pending', '01a216fd-46fa-7621-9eea-03130d6433e6', '01a216fd-46fa-7621-9eea-03130d6433e6', '2026-11-26 08:33:47.330644+00', '01a216fd-46ae-729f-8cb8-c5be7a2275bd', '01a216fd-4729-7689-8b4d-de6e5a9ec1ad', NULL, NULL, '{"orderId":"01a216fd-46fa-7621-9eea-03130d6433e6","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","amount":{"amount":"37.50","currency":"EUR"},"method":"credit_card","token":"tok_approve","payBefore":"2026-11-26T08:48:47.303641Z","from":"PENDING","to":"PENDING_PAYMENT"}');
INSERT INTO messaging.event_1 VALUES (1, 10, '01a216fd-4760-73cc-98a0-2b896adc7b9a', 'financial.payment.requested', '01a216fd-475e-71ff-9147-97e0926218de', '01a216fd-46fa-7621-9eea-03130d6433e6', '2026-11-26 08:33:47.360598+00', '01a216fd-46ae-729f-8cb8-c5be7a2275bd', '01a216fd-4742-7722-8821-2693e882e64c', NULL, NULL, '{"paymentId":"01a216fd-475e-71ff-9147-97e0926218de","orderId":"01a216fd-46fa-7621-9eea-03130d6433e6","amount":{"amount":"37.50","currency":"EUR"},"method":"credit_card"}');
INSERT INTO messaging.event_1 VALUES (1, 11, '01a216fd-4767-736d-8438-3413a68e190a', 'financial.payment.processing', '01a216fd-475e-71ff-9147-97e0926218de', '01a216fd-46fa-7621-9eea-03130d6433e6', '2026-11-26 08:33:47.367252+00', '01a216fd-46ae-729f-8cb8-c5be7a2275bd', '01a216fd-4742-7722-8821-2693e882e64c', NULL, NULL, '{"paymentId":"01a216fd-475e-71ff-9147-97e0926218de","orderId":"01a216fd-46fa-7621-9eea-03130d6433e6","attempt":1}');
INSERT INTO messaging.event_1 VALUES (1, 12, '01a216fd-4784-7093-959c-7a8d07308b6e', 'financial.payment.approved', '01a216fd-475e-71ff-9147-97e0926218de', '01a216fd-46fa-7621-9eea-03130d6433e6', '2026-11-26 08:33:47.396221+00', '01a216fd-46ae-729f-8cb8-c5be7a2275bd', '01a216fd-4742-7722-8821-2693e882e64c', NULL, NULL, '{"paymentId":"01a216fd-475e-71ff-9147-97e0926218de","orderId":"01a216fd-46fa-7621-9eea-03130d6433e6","amount":{"amount":"37.50","currency":"EUR"},"method":"credit_card","transactionId":"sim_01a216fd475e71ff914797e0926218de"}');
INSERT INTO messaging.event_1 VALUES (1, 13, '01a216fd-4795-7684-b67c-ebff9b6ca71f', 'sales.order.paid', '01a216fd-46fa-7621-9eea-03130d6433e6', '01a216fd-46fa-7621-9eea-03130d6433e6', '2026-11-26 08:33:47.413548+00', '01a216fd-46ae-729f-8cb8-c5be7a2275bd', '01a216fd-4784-7093-959c-7a8d07308b6e', NULL, NULL, '{"orderId":"01a216fd-46fa-7621-9eea-03130d6433e6","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","paymentId":"01a216fd-475e-71ff-9147-97e0926218de","amount":{"amount":"37.50","currency":"EUR"},"from":"PENDING_PAYMENT","to":"PAID"}');
INSERT INTO messaging.event_1 VALUES (1, 14, '01a216fd-47a3-70c2-8f74-820385fa41e3', 'inventory.stock.confirmed', '01a216fd-4728-77d3-bafd-a16d41015760', '01a216fd-46fa-7621-9eea-03130d6433e6', '2026-11-26 08:33:47.42794+00', '01a216fd-46ae-729f-8cb8-c5be7a2275bd', '01a216fd-4795-7684-b67c-ebff9b6ca71f', NULL, NULL, '{"orderId":"01a216fd-46fa-7621-9eea-03130d6433e6","reservationId":"01a216fd-4728-77d3-bafd-a16d41015760","lines":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","quantity":3},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","quantity":1}],"renewed":false}');
INSERT INTO messaging.event_1 VALUES (1, 15, '01a216fd-47d8-777f-bcae-f2cce527fe41', 'sales.order.confirmed', '01a216fd-46fa-7621-9eea-03130d6433e6', '01a216fd-46fa-7621-9eea-03130d6433e6', '2026-11-26 08:33:47.480397+00', '01a216fd-46ae-729f-8cb8-c5be7a2275bd', '01a216fd-47a3-70c2-8f74-820385fa41e3', NULL, NULL, '{"orderId":"01a216fd-46fa-7621-9eea-03130d6433e6","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","items":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","sku":"CUP-1","name":"Cup","quantity":3,"unitPrice":{"amount":"2.50","currency":"EUR"},"total":{"amount":"7.50","currency":"EUR"}},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","sku":"LAMP-1","name":"Lamp","quantity":1,"unitPrice":{"amount":"30.00","currency":"EUR"},"total":{"amount":"30.00","currency":"EUR"}}],"total":{"amount":"37.50","currency":"EUR"},"shippingAddress":null,"from":"PAID","to":"CONFIRMED"}');
INSERT INTO messaging.event_1 VALUES (1, 16, '01a216fd-481b-74c4-88b8-d7d815746e6b', 'sales.order.created', '01a216fd-481a-75f2-b3c1-8bd3a95e8f5b', '01a216fd-481a-75f2-b3c1-8bd3a95e8f5b', '2026-11-26 08:33:47.547052+00', '01a216fd-4806-7708-a7d9-c24078c8377f', NULL, NULL, NULL, '{"orderId":"01a216fd-481a-75f2-b3c1-8bd3a95e8f5b","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","items":[{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","sku":"LAMP-1","name":"Lamp","quantity":99,"unitPrice":{"amount":"30.00","currency":"EUR"},"total":{"amount":"2970.00","currency":"EUR"}}],"total":{"amount":"2970.00","currency":"EUR"},"from":null,"to":"PENDING"}');
INSERT INTO messaging.event_1 VALUES (1, 17, '01a216fd-4844-7466-b439-097233d2261f', 'inventory.stock.insufficient', '01a216fd-481a-75f2-b3c1-8bd3a95e8f5b', '01a216fd-481a-75f2-b3c1-8bd3a95e8f5b', '2026-11-26 08:33:47.588885+00', '01a216fd-4806-7708-a7d9-c24078c8377f', '01a216fd-481b-74c4-88b8-d7d815746e6b', NULL, NULL, '{"orderId":"01a216fd-481a-75f2-b3c1-8bd3a95e8f5b","shortages":[{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","requested":99,"available":9}],"unknownProducts":[]}');
INSERT INTO messaging.event_1 VALUES (1, 18, '01a216fd-484b-732c-b4b7-c174f4304905', 'sales.order.cancelled', '01a216fd-481a-75f2-b3c1-8bd3a95e8f5b', '01a216fd-481a-75f2-b3c1-8bd3a95e8f5b', '2026-11-26 08:33:47.59605+00', '01a216fd-4806-7708-a7d9-c24078c8377f', '01a216fd-4844-7466-b439-097233d2261f', NULL, NULL, '{"orderId":"01a216fd-481a-75f2-b3c1-8bd3a95e8f5b","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","reason":"out_of_stock","note":null,"from":"PENDING","to":"CANCELLED"}');
INSERT INTO messaging.event_1 VALUES (1, 21, '01a216fd-487a-73d9-ac20-9c0efd8a8290', 'sales.order.payment_pending', '01a216fd-486f-741e-bc2a-0b0185647ce9', '01a216fd-486f-741e-bc2a-0b0185647ce9', '2026-11-26 08:33:47.642428+00', '01a216fd-4868-7765-bf9a-8b866e7f2361', '01a216fd-4877-74bb-837a-8276e9a5ee02', NULL, NULL, '{"orderId":"01a216fd-486f-741e-bc2a-0b0185647ce9","customerId":"01a216fd-45d3-7188-bfe1-56ea93b023c2","amount":{"amount":"35.00","currency":"EUR"},"method":"credit_card","token":"tok_decline","payBefore":"2026-11-26T08:48:47.639608Z","from":"PENDING","to":"PENDING_PAYMENT"}');
INSERT INTO messaging.event_1 VALUES (1, 19, '01a216fd-486f-741e-bc2a-0b0185647cea', 'sales.order.created', '01a216fd-486f-741e-bc2a-0b0185647ce9', '01a216fd-486f-741e-bc2a-0b0185647ce9', '2026-11-26 08:33:47.631546+00', '01a216fd-4868-7765-bf9a-8b866e7f2361', NULL, NULL, NULL, '{"orderId":"01a216fd-486f-741e-bc2a-0b0185647ce9","customerId":"01a216fd-45d3-7188-bfe1-56ea93b023c2","items":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","sku":"CUP-1","name":"Cup","quantity":2,"unitPrice":{"amount":"2.50","currency":"EUR"},"total":{"amount":"5.00","currency":"EUR"}},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","sku":"LAMP-1","name":"Lamp","quantity":1,"unitPrice":{"amount":"30.00","currency":"EUR"},"total":{"amount":"30.00","currency":"EUR"}}],"total":{"amount":"35.00","currency":"EUR"},"from":null,"to":"PENDING"}');
INSERT INTO messaging.event_1 VALUES (1, 20, '01a216fd-4877-74bb-837a-8276e9a5ee02', 'inventory.stock.reserved', '01a216fd-4877-74bb-837a-8276e9a5ee01', '01a216fd-486f-741e-bc2a-0b0185647ce9', '2026-11-26 08:33:47.639965+00', '01a216fd-4868-7765-bf9a-8b866e7f2361', '01a216fd-486f-741e-bc2a-0b0185647cea', NULL, NULL, '{"orderId":"01a216fd-486f-741e-bc2a-0b0185647ce9","reservationId":"01a216fd-4877-74bb-837a-8276e9a5ee01","lines":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","quantity":2},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","quantity":1}],"expiresAt":"2026-11-26T08:48:47.639608Z"}');
INSERT INTO messaging.event_1 VALUES (1, 26, '01a216fd-4893-71e0-a9bc-031e5c18ce4c', 'inventory.stock.released', '01a216fd-4877-74bb-837a-8276e9a5ee01', '01a216fd-486f-741e-bc2a-0b0185647ce9', '2026-11-26 08:33:47.66786+00', '01a216fd-4868-7765-bf9a-8b866e7f2361', '01a216fd-488a-7094-a048-ca4e0f07db62', NULL, NULL, '{"orderId":"01a216fd-486f-741e-bc2a-0b0185647ce9","reservationId":"01a216fd-4877-74bb-837a-8276e9a5ee01","lines":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","quantity":2},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","quantity":1}],"reason":"cancelled"}');
INSERT INTO messaging.event_1 VALUES (1, 27, '01a216fd-48b5-74b0-aec1-2d7362fdd05e', 'sales.order.created', '01a216fd-48b5-74b0-aec1-2d7362fdd05d', '01a216fd-48b5-74b0-aec1-2d7362fdd05d', '2026-11-26 08:33:47.701665+00', '01a216fd-48a8-7117-a4a7-ff1c0ca7acc2', NULL, NULL, NULL, '{"orderId":"01a216fd-48b5-74b0-aec1-2d7362fdd05d","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","items":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","sku":"CUP-1","name":"Cup","quantity":4,"unitPrice":{"amount":"2.50","currency":"EUR"},"total":{"amount":"10.00","currency":"EUR"}},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","sku":"LAMP-1","name":"Lamp","quantity":1,"unitPrice":{"amount":"30.00","currency":"EUR"},"total":{"amount":"30.00","currency":"EUR"}}],"total":{"amount":"40.00","currency":"EUR"},"from":null,"to":"PENDING"}');
INSERT INTO messaging.event_1 VALUES (1, 28, '01a216fd-48be-760e-85e5-e13db62d5cd7', 'inventory.stock.reserved', '01a216fd-48be-760e-85e5-e13db62d5cd6', '01a216fd-48b5-74b0-aec1-2d7362fdd05d', '2026-11-26 08:33:47.71037+00', '01a216fd-48a8-7117-a4a7-ff1c0ca7acc2', '01a216fd-48b5-74b0-aec1-2d7362fdd05e', NULL, NULL, '{"orderId":"01a216fd-48b5-74b0-aec1-2d7362fdd05d","reservationId":"01a216fd-48be-760e-85e5-e13db62d5cd6","lines":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","quantity":4},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","quantity":1}],"expiresAt":"2026-11-26T08:48:47.710083Z"}');
INSERT INTO messaging.event_1 VALUES (1, 32, '01a216fd-7025-7750-9df0-7f146f94fc50', 'sales.order.created', '01a216fd-7025-7750-9df0-7f146f94fc4f', '01a216fd-7025-7750-9df0-7f146f94fc4f', '2026-11-26 08:33:57.797817+00', '01a216fd-6ffe-74e4-89f6-b16e8c0dca59', NULL, NULL, NULL, '{"orderId":"01a216fd-7025-7750-9df0-7f146f94fc4f","customerId":"01a216fd-45d3-7188-bfe1-56ea93b023c2","items":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","sku":"CUP-1","name":"Cup","quantity":1,"unitPrice":{"amount":"2.50","currency":"EUR"},"total":{"amount":"2.50","currency":"EUR"}},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","sku":"LAMP-1","name":"Lamp","quantity":1,"unitPrice":{"amount":"30.00","currency":"EUR"},"total":{"amount":"30.00","currency":"EUR"}}],"total":{"amount":"32.50","currency":"EUR"},"from":null,"to":"PENDING"}');
INSERT INTO messaging.event_1 VALUES (1, 33, '01a216fd-702a-74ad-96f5-d96cb51b9c82', 'inventory.stock.reserved', '01a216fd-702a-74ad-96f5-d96cb51b9c81', '01a216fd-7025-7750-9df0-7f146f94fc4f', '2026-11-26 08:33:57.802818+00', '01a216fd-6ffe-74e4-89f6-b16e8c0dca59', '01a216fd-7025-7750-9df0-7f146f94fc50', NULL, NULL, '{"orderId":"01a216fd-7025-7750-9df0-7f146f94fc4f","reservationId":"01a216fd-702a-74ad-96f5-d96cb51b9c81","lines":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","quantity":1},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","quantity":1}],"expiresAt":"2026-11-26T08:48:57.802206Z"}');
INSERT INTO messaging.event_1 VALUES (1, 39, '01a216fd-7040-7739-af56-189432d958f8', 'inventory.stock.confirmed', '01a216fd-702a-74ad-96f5-d96cb51b9c81', '01a216fd-7025-7750-9df0-7f146f94fc4f', '2026-11-26 08:33:57.824202+00', '01a216fd-6ffe-74e4-89f6-b16e8c0dca59', '01a216fd-703a-760c-b7fc-830b570ffe25', NULL, NULL, '{"orderId":"01a216fd-7025-7750-9df0-7f146f94fc4f","reservationId":"01a216fd-702a-74ad-96f5-d96cb51b9c81","lines":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","quantity":1},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","quantity":1}],"renewed":false}');
INSERT INTO messaging.event_1 VALUES (1, 41, '01a216fd-70b9-77b9-b49e-a55d788c7f66', 'sales.order.cancelled', '01a216fd-7025-7750-9df0-7f146f94fc4f', '01a216fd-7025-7750-9df0-7f146f94fc4f', '2026-11-26 08:33:57.945686+00', '01a216fd-70a3-773f-99e5-706a01519619', NULL, NULL, NULL, '{"orderId":"01a216fd-7025-7750-9df0-7f146f94fc4f","customerId":"01a216fd-45d3-7188-bfe1-56ea93b023c2","reason":"operator_request","note":"changed my mind","from":"CONFIRMED","to":"CANCELLED"}');
INSERT INTO messaging.event_1 VALUES (1, 42, '01a216fd-70c0-757e-8dd4-4642ca9a00ab', 'inventory.stock.adjusted', '01a216fd-4450-77a2-852e-33f968928115', '01a216fd-4450-77a2-852e-33f968928115', '2026-11-26 08:33:57.952203+00', '01a216fd-70a3-773f-99e5-706a01519619', '01a216fd-70b9-77b9-b49e-a55d788c7f66', NULL, NULL, '{"productId":"01a216fd-4450-77a2-852e-33f968928115","kind":"RETURNED","change":1,"stock":97,"reason":"operator_request"}');
INSERT INTO messaging.event_1 VALUES (1, 43, '01a216fd-70c0-757e-8dd4-4642ca9a00ac', 'inventory.stock.adjusted', '01a216fd-44d1-703a-9397-a545eedea10a', '01a216fd-44d1-703a-9397-a545eedea10a', '2026-11-26 08:33:57.95238+00', '01a216fd-70a3-773f-99e5-706a01519619', '01a216fd-70b9-77b9-b49e-a55d788c7f66', NULL, NULL, '{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","kind":"RETURNED","change":1,"stock":9,"reason":"operator_request"}');
INSERT INTO messaging.event_1 VALUES (1, 45, '01a216fd-7131-73d8-a191-0bd534de7f9f', 'sales.order.created', '01a216fd-7131-73d8-a191-0bd534de7f9e', '01a216fd-7131-73d8-a191-0bd534de7f9e', '2026-11-26 08:33:58.065667+00', '01a216fd-711f-7167-8754-8a9ffc346584', NULL, NULL, NULL, '{"orderId":"01a216fd-7131-73d8-a191-0bd534de7f9e","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","items":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","sku":"CUP-1","name":"Cup","quantity":5,"unitPrice":{"amount":"2.50","currency":"EUR"},"total":{"amount":"12.50","currency":"EUR"}},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","sku":"LAMP-1","name":"Lamp","quantity":1,"unitPrice":{"amount":"30.00","currency":"EUR"},"total":{"amount":"30.00","currency":"EUR"}}],"total":{"amount":"42.50","currency":"EUR"},"from":null,"to":"PENDING"}');
INSERT INTO messaging.event_1 VALUES (1, 46, '01a216fd-713b-7417-a553-d70ce43205ad', 'inventory.stock.reserved', '01a216fd-713a-766b-b741-7b1c78b22136', '01a216fd-7131-73d8-a191-0bd534de7f9e', '2026-11-26 08:33:58.075109+00', '01a216fd-711f-7167-8754-8a9ffc346584', '01a216fd-7131-73d8-a191-0bd534de7f9f', NULL, NULL, '{"orderId":"01a216fd-7131-73d8-a191-0bd534de7f9e","reservationId":"01a216fd-713a-766b-b741-7b1c78b22136","lines":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","quantity":5},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","quantity":1}],"expiresAt":"2026-11-26T08:48:58.074764Z"}');
INSERT INTO messaging.event_1 VALUES (1, 52, '01a216fd-714e-7568-868e-d57d91dfbffb', 'inventory.stock.confirmed', '01a216fd-713a-766b-b741-7b1c78b22136', '01a216fd-7131-73d8-a191-0bd534de7f9e', '2026-11-26 08:33:58.094266+00', '01a216fd-711f-7167-8754-8a9ffc346584', '01a216fd-714a-73a7-8a44-06c697e6aaeb', NULL, NULL, '{"orderId":"01a216fd-7131-73d8-a191-0bd534de7f9e","reservationId":"01a216fd-713a-766b-b741-7b1c78b22136","lines":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","quantity":5},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","quantity":1}],"renewed":false}');
INSERT INTO messaging.event_1 VALUES (1, 54, '01a216fd-717d-76c7-ba8b-c8ee68ac4d55', 'sales.order.shipped', '01a216fd-7131-73d8-a191-0bd534de7f9e', '01a216fd-7131-73d8-a191-0bd534de7f9e', '2026-11-26 08:33:58.141515+00', '01a216fd-7172-75b4-bfad-1ab6b674f39e', NULL, NULL, NULL, '{"orderId":"01a216fd-7131-73d8-a191-0bd534de7f9e","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","from":"CONFIRMED","to":"SHIPPED"}');
INSERT INTO messaging.event_1 VALUES (1, 55, '01a216fd-719a-768b-be1d-c4b2e474beb6', 'sales.order.delivered', '01a216fd-7131-73d8-a191-0bd534de7f9e', '01a216fd-7131-73d8-a191-0bd534de7f9e', '2026-11-26 08:33:58.17095+00', '01a216fd-718e-71cc-b7f0-14c3aae1e538', NULL, NULL, NULL, '{"orderId":"01a216fd-7131-73d8-a191-0bd534de7f9e","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","from":"SHIPPED","to":"DELIVERED"}');
INSERT INTO messaging.event_1 VALUES (1, 22, '01a216fd-487c-74ed-a35d-e82e8d650f37', 'financial.payment.requested', '01a216fd-487c-74ed-a35d-e82e8d650f36', '01a216fd-486f-741e-bc2a-0b0185647ce9', '2026-11-26 08:33:47.644477+00', '01a216fd-4868-7765-bf9a-8b866e7f2361', '01a216fd-487a-73d9-ac20-9c0efd8a8290', NULL, NULL, '{"paymentId":"01a216fd-487c-74ed-a35d-e82e8d650f36","orderId":"01a216fd-486f-741e-bc2a-0b0185647ce9","amount":{"amount":"35.00","currency":"EUR"},"method":"credit_card"}');
INSERT INTO messaging.event_1 VALUES (1, 23, '01a216fd-487c-74ed-a35d-e82e8d650f38', 'financial.payment.processing', '01a216fd-487c-74ed-a35d-e82e8d650f36', '01a216fd-486f-741e-bc2a-0b0185647ce9', '2026-11-26 08:33:47.644922+00', '01a216fd-4868-7765-bf9a-8b866e7f2361', '01a216fd-487a-73d9-ac20-9c0efd8a8290', NULL, NULL, '{"paymentId":"01a216fd-487c-74ed-a35d-e82e8d650f36","orderId":"01a216fd-486f-741e-bc2a-0b0185647ce9","attempt":1}');
INSERT INTO messaging.event_1 VALUES (1, 30, '01a216fd-48ca-75fc-a799-eeb0cc80d3c4', 'financial.payment.requested', '01a216fd-48ca-75fc-a799-eeb0cc80d3c3', '01a216fd-48b5-74b0-aec1-2d7362fdd05d', '2026-11-26 08:33:47.722632+00', '01a216fd-48a8-7117-a4a7-ff1c0ca7acc2', '01a216fd-48c4-7038-92d7-82a22d3fb4d2', NULL, NULL, '{"paymentId":"01a216fd-48ca-75fc-a799-eeb0cc80d3c3","orderId":"01a216fd-48b5-74b0-aec1-2d7362fdd05d","amount":{"amount":"40.00","currency":"EUR"},"method":"pix"}');
INSERT INTO messaging.event_1 VALUES (1, 31, '01a216fd-48ca-75fc-a799-eeb0cc80d3c5', 'financial.payment.processing', '01a216fd-48ca-75fc-a799-eeb0cc80d3c3', '01a216fd-48b5-74b0-aec1-2d7362fdd05d', '2026-11-26 08:33:47.722885+00', '01a216fd-48a8-7117-a4a7-ff1c0ca7acc2', '01a216fd-48c4-7038-92d7-82a22d3fb4d2', NULL, NULL, '{"paymentId":"01a216fd-48ca-75fc-a799-eeb0cc80d3c3","orderId":"01a216fd-48b5-74b0-aec1-2d7362fdd05d","attempt":1}');
INSERT INTO messaging.event_1 VALUES (1, 35, '01a216fd-7030-7661-86d6-45078509c8cc', 'financial.payment.requested', '01a216fd-7030-7661-86d6-45078509c8cb', '01a216fd-7025-7750-9df0-7f146f94fc4f', '2026-11-26 08:33:57.808763+00', '01a216fd-6ffe-74e4-89f6-b16e8c0dca59', '01a216fd-702e-7088-98b7-36eaab906482', NULL, NULL, '{"paymentId":"01a216fd-7030-7661-86d6-45078509c8cb","orderId":"01a216fd-7025-7750-9df0-7f146f94fc4f","amount":{"amount":"32.50","currency":"EUR"},"method":"debit_card"}');
INSERT INTO messaging.event_1 VALUES (1, 36, '01a216fd-7031-776f-a4af-832442026a64', 'financial.payment.processing', '01a216fd-7030-7661-86d6-45078509c8cb', '01a216fd-7025-7750-9df0-7f146f94fc4f', '2026-11-26 08:33:57.809483+00', '01a216fd-6ffe-74e4-89f6-b16e8c0dca59', '01a216fd-702e-7088-98b7-36eaab906482', NULL, NULL, '{"paymentId":"01a216fd-7030-7661-86d6-45078509c8cb","orderId":"01a216fd-7025-7750-9df0-7f146f94fc4f","attempt":1}');
INSERT INTO messaging.event_1 VALUES (1, 48, '01a216fd-7144-74d7-a18e-7549ab4bc855', 'financial.payment.requested', '01a216fd-7144-74d7-a18e-7549ab4bc854', '01a216fd-7131-73d8-a191-0bd534de7f9e', '2026-11-26 08:33:58.0848+00', '01a216fd-711f-7167-8754-8a9ffc346584', '01a216fd-7140-7418-8d83-b9df10146d01', NULL, NULL, '{"paymentId":"01a216fd-7144-74d7-a18e-7549ab4bc854","orderId":"01a216fd-7131-73d8-a191-0bd534de7f9e","amount":{"amount":"42.50","currency":"EUR"},"method":"boleto"}');
INSERT INTO messaging.event_1 VALUES (1, 49, '01a216fd-7145-74f6-a995-dbfad9ec2e0f', 'financial.payment.processing', '01a216fd-7144-74d7-a18e-7549ab4bc854', '01a216fd-7131-73d8-a191-0bd534de7f9e', '2026-11-26 08:33:58.085054+00', '01a216fd-711f-7167-8754-8a9ffc346584', '01a216fd-7140-7418-8d83-b9df10146d01', NULL, NULL, '{"paymentId":"01a216fd-7144-74d7-a18e-7549ab4bc854","orderId":"01a216fd-7131-73d8-a191-0bd534de7f9e","attempt":1}');
INSERT INTO messaging.event_1 VALUES (1, 60, '01a216fd-7255-736d-b16a-9154e58a9424', 'financial.payment.requested', '01a216fd-7255-736d-b16a-9154e58a9423', '01a216fd-724e-7453-97f5-5e085915539e', '2026-11-26 08:33:58.357619+00', '01a216fd-723f-7394-8f62-2cd2e8aa5abc', '01a216fd-7254-7525-9c09-99cc05965cbf', NULL, NULL, '{"paymentId":"01a216fd-7255-736d-b16a-9154e58a9423","orderId":"01a216fd-724e-7453-97f5-5e085915539e","amount":{"amount":"35.00","currency":"EUR"},"method":"credit_card"}');
INSERT INTO messaging.event_1 VALUES (1, 61, '01a216fd-7255-736d-b16a-9154e58a9425', 'financial.payment.processing', '01a216fd-7255-736d-b16a-9154e58a9423', '01a216fd-724e-7453-97f5-5e085915539e', '2026-11-26 08:33:58.35777+00', '01a216fd-723f-7394-8f62-2cd2e8aa5abc', '01a216fd-7254-7525-9c09-99cc05965cbf', NULL, NULL, '{"paymentId":"01a216fd-7255-736d-b16a-9154e58a9423","orderId":"01a216fd-724e-7453-97f5-5e085915539e","attempt":1}');
INSERT INTO messaging.event_1 VALUES (1, 24, '01a216fd-4883-730a-86dd-539ad52a8998', 'financial.payment.failed', '01a216fd-487c-74ed-a35d-e82e8d650f36', '01a216fd-486f-741e-bc2a-0b0185647ce9', '2026-11-26 08:33:47.651436+00', '01a216fd-4868-7765-bf9a-8b866e7f2361', '01a216fd-487a-73d9-ac20-9c0efd8a8290', NULL, NULL, '{"paymentId":"01a216fd-487c-74ed-a35d-e82e8d650f36","orderId":"01a216fd-486f-741e-bc2a-0b0185647ce9","amount":{"amount":"35.00","currency":"EUR"},"failure":"declined"}');
INSERT INTO messaging.event_1 VALUES (1, 37, '01a216fd-7035-7418-a404-cbcbdfec565c', 'financial.payment.approved', '01a216fd-7030-7661-86d6-45078509c8cb', '01a216fd-7025-7750-9df0-7f146f94fc4f', '2026-11-26 08:33:57.813592+00', '01a216fd-6ffe-74e4-89f6-b16e8c0dca59', '01a216fd-702e-7088-98b7-36eaab906482', NULL, NULL, '{"paymentId":"01a216fd-7030-7661-86d6-45078509c8cb","orderId":"01a216fd-7025-7750-9df0-7f146f94fc4f","amount":{"amount":"32.50","currency":"EUR"},"method":"debit_card","transactionId":"sim_01a216fd7030766186d645078509c8cb"}');
INSERT INTO messaging.event_1 VALUES (1, 50, '01a216fd-7148-7028-a907-77eb64a1990a', 'financial.payment.approved', '01a216fd-7144-74d7-a18e-7549ab4bc854', '01a216fd-7131-73d8-a191-0bd534de7f9e', '2026-11-26 08:33:58.088979+00', '01a216fd-711f-7167-8754-8a9ffc346584', '01a216fd-7140-7418-8d83-b9df10146d01', NULL, NULL, '{"paymentId":"01a216fd-7144-74d7-a18e-7549ab4bc854","orderId":"01a216fd-7131-73d8-a191-0bd534de7f9e","amount":{"amount":"42.50","currency":"EUR"},"method":"boleto","transactionId":"sim_01a216fd714474d7a18e7549ab4bc854"}');
INSERT INTO messaging.event_1 VALUES (1, 62, '01a216fd-7257-7496-926d-912dee34d85d', 'financial.payment.approved', '01a216fd-7255-736d-b16a-9154e58a9423', '01a216fd-724e-7453-97f5-5e085915539e', '2026-11-26 08:33:58.359614+00', '01a216fd-723f-7394-8f62-2cd2e8aa5abc', '01a216fd-7254-7525-9c09-99cc05965cbf', NULL, NULL, '{"paymentId":"01a216fd-7255-736d-b16a-9154e58a9423","orderId":"01a216fd-724e-7453-97f5-5e085915539e","amount":{"amount":"35.00","currency":"EUR"},"method":"credit_card","transactionId":"sim_01a216fd7255736db16a9154e58a9423"}');
INSERT INTO messaging.event_1 VALUES (1, 25, '01a216fd-488a-7094-a048-ca4e0f07db62', 'sales.order.cancelled', '01a216fd-486f-741e-bc2a-0b0185647ce9', '01a216fd-486f-741e-bc2a-0b0185647ce9', '2026-11-26 08:33:47.658795+00', '01a216fd-4868-7765-bf9a-8b866e7f2361', '01a216fd-4883-730a-86dd-539ad52a8998', NULL, NULL, '{"orderId":"01a216fd-486f-741e-bc2a-0b0185647ce9","customerId":"01a216fd-45d3-7188-bfe1-56ea93b023c2","reason":"payment_failed","note":null,"from":"PENDING_PAYMENT","to":"CANCELLED"}');
INSERT INTO messaging.event_1 VALUES (1, 29, '01a216fd-48c4-7038-92d7-82a22d3fb4d2', 'sales.order.payment_pending', '01a216fd-48b5-74b0-aec1-2d7362fdd05d', '01a216fd-48b5-74b0-aec1-2d7362fdd05d', '2026-11-26 08:33:47.716601+00', '01a216fd-48a8-7117-a4a7-ff1c0ca7acc2', '01a216fd-48be-760e-85e5-e13db62d5cd7', NULL, NULL, '{"orderId":"01a216fd-48b5-74b0-aec1-2d7362fdd05d","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","amount":{"amount":"40.00","currency":"EUR"},"method":"pix","token":"tok_pending","payBefore":"2026-11-26T08:48:47.710083Z","from":"PENDING","to":"PENDING_PAYMENT"}');
INSERT INTO messaging.event_1 VALUES (1, 34, '01a216fd-702e-7088-98b7-36eaab906482', 'sales.order.payment_pending', '01a216fd-7025-7750-9df0-7f146f94fc4f', '01a216fd-7025-7750-9df0-7f146f94fc4f', '2026-11-26 08:33:57.806696+00', '01a216fd-6ffe-74e4-89f6-b16e8c0dca59', '01a216fd-702a-74ad-96f5-d96cb51b9c82', NULL, NULL, '{"orderId":"01a216fd-7025-7750-9df0-7f146f94fc4f","customerId":"01a216fd-45d3-7188-bfe1-56ea93b023c2","amount":{"amount":"32.50","currency":"EUR"},"method":"debit_card","token":"tok_approve","payBefore":"2026-11-26T08:48:57.802206Z","from":"PENDING","to":"PENDING_PAYMENT"}');
INSERT INTO messaging.event_1 VALUES (1, 38, '01a216fd-703a-760c-b7fc-830b570ffe25', 'sales.order.paid', '01a216fd-7025-7750-9df0-7f146f94fc4f', '01a216fd-7025-7750-9df0-7f146f94fc4f', '2026-11-26 08:33:57.818846+00', '01a216fd-6ffe-74e4-89f6-b16e8c0dca59', '01a216fd-7035-7418-a404-cbcbdfec565c', NULL, NULL, '{"orderId":"01a216fd-7025-7750-9df0-7f146f94fc4f","customerId":"01a216fd-45d3-7188-bfe1-56ea93b023c2","paymentId":"01a216fd-7030-7661-86d6-45078509c8cb","amount":{"amount":"32.50","currency":"EUR"},"from":"PENDING_PAYMENT","to":"PAID"}');
INSERT INTO messaging.event_1 VALUES (1, 40, '01a216fd-7045-701f-a811-1b16be1861a2', 'sales.order.confirmed', '01a216fd-7025-7750-9df0-7f146f94fc4f', '01a216fd-7025-7750-9df0-7f146f94fc4f', '2026-11-26 08:33:57.829348+00', '01a216fd-6ffe-74e4-89f6-b16e8c0dca59', '01a216fd-7040-7739-af56-189432d958f8', NULL, NULL, '{"orderId":"01a216fd-7025-7750-9df0-7f146f94fc4f","customerId":"01a216fd-45d3-7188-bfe1-56ea93b023c2","items":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","sku":"CUP-1","name":"Cup","quantity":1,"unitPrice":{"amount":"2.50","currency":"EUR"},"total":{"amount":"2.50","currency":"EUR"}},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","sku":"LAMP-1","name":"Lamp","quantity":1,"unitPrice":{"amount":"30.00","currency":"EUR"},"total":{"amount":"30.00","currency":"EUR"}}],"total":{"amount":"32.50","currency":"EUR"},"shippingAddress":null,"from":"PAID","to":"CONFIRMED"}');
INSERT INTO messaging.event_1 VALUES (1, 44, '01a216fd-70fd-7624-a0c3-77eed7eb25e3', 'financial.payment.refunded', '01a216fd-7030-7661-86d6-45078509c8cb', '01a216fd-7025-7750-9df0-7f146f94fc4f', '2026-11-26 08:33:58.013287+00', '01a216fd-70a3-773f-99e5-706a01519619', '01a216fd-70b9-77b9-b49e-a55d788c7f66', NULL, NULL, '{"paymentId":"01a216fd-7030-7661-86d6-45078509c8cb","orderId":"01a216fd-7025-7750-9df0-7f146f94fc4f","refundId":"01a216fd-70c4-76b9-8962-a2cc7a9e6d06","amount":{"amount":"32.50","currency":"EUR"},"refunded":{"amount":"32.50","currency":"EUR"},"whole":true,"reason":"operator_request"}');
INSERT INTO messaging.event_1 VALUES (1, 47, '01a216fd-7140-7418-8d83-b9df10146d01', 'sales.order.payment_pending', '01a216fd-7131-73d8-a191-0bd534de7f9e', '01a216fd-7131-73d8-a191-0bd534de7f9e', '2026-11-26 08:33:58.08087+00', '01a216fd-711f-7167-8754-8a9ffc346584', '01a216fd-713b-7417-a553-d70ce43205ad', NULL, NULL, '{"orderId":"01a216fd-7131-73d8-a191-0bd534de7f9e","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","amount":{"amount":"42.50","currency":"EUR"},"method":"boleto","token":"tok_approve","payBefore":"2026-11-26T08:48:58.074764Z","from":"PENDING","to":"PENDING_PAYMENT"}');
INSERT INTO messaging.event_1 VALUES (1, 51, '01a216fd-714a-73a7-8a44-06c697e6aaeb', 'sales.order.paid', '01a216fd-7131-73d8-a191-0bd534de7f9e', '01a216fd-7131-73d8-a191-0bd534de7f9e', '2026-11-26 08:33:58.091002+00', '01a216fd-711f-7167-8754-8a9ffc346584', '01a216fd-7148-7028-a907-77eb64a1990a', NULL, NULL, '{"orderId":"01a216fd-7131-73d8-a191-0bd534de7f9e","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","paymentId":"01a216fd-7144-74d7-a18e-7549ab4bc854","amount":{"amount":"42.50","currency":"EUR"},"from":"PENDING_PAYMENT","to":"PAID"}');
INSERT INTO messaging.event_1 VALUES (1, 53, '01a216fd-7152-7291-9086-0f97c51a34aa', 'sales.order.confirmed', '01a216fd-7131-73d8-a191-0bd534de7f9e', '01a216fd-7131-73d8-a191-0bd534de7f9e', '2026-11-26 08:33:58.098824+00', '01a216fd-711f-7167-8754-8a9ffc346584', '01a216fd-714e-7568-868e-d57d91dfbffb', NULL, NULL, '{"orderId":"01a216fd-7131-73d8-a191-0bd534de7f9e","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","items":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","sku":"CUP-1","name":"Cup","quantity":5,"unitPrice":{"amount":"2.50","currency":"EUR"},"total":{"amount":"12.50","currency":"EUR"}},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","sku":"LAMP-1","name":"Lamp","quantity":1,"unitPrice":{"amount":"30.00","currency":"EUR"},"total":{"amount":"30.00","currency":"EUR"}}],"total":{"amount":"42.50","currency":"EUR"},"shippingAddress":null,"from":"PAID","to":"CONFIRMED"}');
INSERT INTO messaging.event_1 VALUES (1, 59, '01a216fd-7254-7525-9c09-99cc05965cbf', 'sales.order.payment_pending', '01a216fd-724e-7453-97f5-5e085915539e', '01a216fd-724e-7453-97f5-5e085915539e', '2026-11-26 08:33:58.356196+00', '01a216fd-723f-7394-8f62-2cd2e8aa5abc', '01a216fd-7252-765e-9514-79a1f38af53d', NULL, NULL, '{"orderId":"01a216fd-724e-7453-97f5-5e085915539e","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","amount":{"amount":"35.00","currency":"EUR"},"method":"credit_card","token":"tok_approve","payBefore":"2026-11-26T08:48:58.354490Z","from":"PENDING","to":"PENDING_PAYMENT"}');
INSERT INTO messaging.event_1 VALUES (1, 63, '01a216fd-7258-7077-a41f-2e79362c0009', 'sales.order.paid', '01a216fd-724e-7453-97f5-5e085915539e', '01a216fd-724e-7453-97f5-5e085915539e', '2026-11-26 08:33:58.360771+00', '01a216fd-723f-7394-8f62-2cd2e8aa5abc', '01a216fd-7257-7496-926d-912dee34d85d', NULL, NULL, '{"orderId":"01a216fd-724e-7453-97f5-5e085915539e","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","paymentId":"01a216fd-7255-736d-b16a-9154e58a9423","amount":{"amount":"35.00","currency":"EUR"},"from":"PENDING_PAYMENT","to":"PAID"}');
INSERT INTO messaging.event_1 VALUES (1, 65, '01a216fd-725c-7009-8f67-69807b169c1a', 'sales.order.confirmed', '01a216fd-724e-7453-97f5-5e085915539e', '01a216fd-724e-7453-97f5-5e085915539e', '2026-11-26 08:33:58.36411+00', '01a216fd-723f-7394-8f62-2cd2e8aa5abc', '01a216fd-725a-741c-ad83-abb4a90be2d5', NULL, NULL, '{"orderId":"01a216fd-724e-7453-97f5-5e085915539e","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","items":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","sku":"CUP-1","name":"Cup","quantity":2,"unitPrice":{"amount":"2.50","currency":"EUR"},"total":{"amount":"5.00","currency":"EUR"}},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","sku":"LAMP-1","name":"Lamp","quantity":1,"unitPrice":{"amount":"30.00","currency":"EUR"},"total":{"amount":"30.00","currency":"EUR"}}],"total":{"amount":"35.00","currency":"EUR"},"shippingAddress":null,"from":"PAID","to":"CONFIRMED"}');
INSERT INTO messaging.event_1 VALUES (1, 66, '01a216fd-72cd-7427-85a7-d844886317a1', 'financial.payment.refunded', '01a216fd-7255-736d-b16a-9154e58a9423', '01a216fd-724e-7453-97f5-5e085915539e', '2026-11-26 08:33:58.477511+00', '01a216fd-72a2-7201-8743-9988e92c6f90', NULL, NULL, NULL, '{"paymentId":"01a216fd-7255-736d-b16a-9154e58a9423","orderId":"01a216fd-724e-7453-97f5-5e085915539e","refundId":"01a216fd-72bb-726e-a35c-9f53b329a963","amount":{"amount":"1.00","currency":"EUR"},"refunded":{"amount":"1.00","currency":"EUR"},"whole":false,"reason":"scratched"}');
INSERT INTO messaging.event_1 VALUES (1, 70, '01a216fd-736c-7322-9212-4f09f56dcbf8', 'operations.message.dead_lettered', '01a216fd-7365-73d1-a917-2a00a00bf984', '01a216fd-7365-73d1-a917-2a00a00bf984', '2026-11-26 08:33:58.636079+00', '01a216fd-7340-714e-9d00-b1a2001d36ab', '01a216fd-7350-73b6-b2ae-9de9b0260f50', NULL, NULL, '{"deadLetterId":"01a216fd-7365-73d1-a917-2a00a00bf984","subscription":"sales","eventId":"01a216fd-7350-73b6-b2ae-9de9b0260f50","eventType":"inventory.stock.reserved","key":"01a203bc-2b1b-761e-9def-206ee8ca6d78","attempts":1,"errorType":"Unprocessable","errorMessage":"the payload is no StockReserved: wrong at "}');
INSERT INTO messaging.event_1 VALUES (1, 56, '01a216fd-7213-755c-9751-179532ce60c9', 'sales.order.completed', '01a216fd-7131-73d8-a191-0bd534de7f9e', '01a216fd-7131-73d8-a191-0bd534de7f9e', '2026-11-26 08:33:58.291996+00', '01a216fd-7205-75a2-a630-d44cbce45912', NULL, NULL, NULL, '{"orderId":"01a216fd-7131-73d8-a191-0bd534de7f9e","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","from":"DELIVERED","to":"COMPLETED"}');
INSERT INTO messaging.event_1 VALUES (1, 57, '01a216fd-724e-7453-97f5-5e085915539f', 'sales.order.created', '01a216fd-724e-7453-97f5-5e085915539e', '01a216fd-724e-7453-97f5-5e085915539e', '2026-11-26 08:33:58.350287+00', '01a216fd-723f-7394-8f62-2cd2e8aa5abc', NULL, NULL, NULL, '{"orderId":"01a216fd-724e-7453-97f5-5e085915539e","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","items":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","sku":"CUP-1","name":"Cup","quantity":2,"unitPrice":{"amount":"2.50","currency":"EUR"},"total":{"amount":"5.00","currency":"EUR"}},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","sku":"LAMP-1","name":"Lamp","quantity":1,"unitPrice":{"amount":"30.00","currency":"EUR"},"total":{"amount":"30.00","currency":"EUR"}}],"total":{"amount":"35.00","currency":"EUR"},"from":null,"to":"PENDING"}');
INSERT INTO messaging.event_1 VALUES (1, 58, '01a216fd-7252-765e-9514-79a1f38af53d', 'inventory.stock.reserved', '01a216fd-7252-765e-9514-79a1f38af53c', '01a216fd-724e-7453-97f5-5e085915539e', '2026-11-26 08:33:58.354623+00', '01a216fd-723f-7394-8f62-2cd2e8aa5abc', '01a216fd-724e-7453-97f5-5e085915539f', NULL, NULL, '{"orderId":"01a216fd-724e-7453-97f5-5e085915539e","reservationId":"01a216fd-7252-765e-9514-79a1f38af53c","lines":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","quantity":2},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","quantity":1}],"expiresAt":"2026-11-26T08:48:58.354490Z"}');
INSERT INTO messaging.event_1 VALUES (1, 64, '01a216fd-725a-741c-ad83-abb4a90be2d5', 'inventory.stock.confirmed', '01a216fd-7252-765e-9514-79a1f38af53c', '01a216fd-724e-7453-97f5-5e085915539e', '2026-11-26 08:33:58.36246+00', '01a216fd-723f-7394-8f62-2cd2e8aa5abc', '01a216fd-7258-7077-a41f-2e79362c0009', NULL, NULL, '{"orderId":"01a216fd-724e-7453-97f5-5e085915539e","reservationId":"01a216fd-7252-765e-9514-79a1f38af53c","lines":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","quantity":2},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","quantity":1}],"renewed":false}');
INSERT INTO messaging.event_1 VALUES (1, 67, '01a216fd-72f7-709a-8852-c905318b6fc5', 'inventory.stock.reserved', '01a216fd-72f6-756f-87c6-0ca2c33cc988', '01a203bc-2b1b-761e-9def-206ee8ca6d77', '2026-11-26 08:33:58.519075+00', '01a216fd-72e7-72cb-b2a0-004efadf01b4', NULL, NULL, NULL, '{"orderId":"01a203bc-2b1b-761e-9def-206ee8ca6d77","reservationId":"01a216fd-72f6-756f-87c6-0ca2c33cc988","lines":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","quantity":7}],"expiresAt":"2026-11-27T08:33:58.518862Z"}');
INSERT INTO messaging.event_1 VALUES (1, 68, '01a216fd-7327-71d5-b9bc-b11e598b1886', 'inventory.stock.adjusted', '01a216fd-4450-77a2-852e-33f968928115', '01a216fd-4450-77a2-852e-33f968928115', '2026-11-26 08:33:58.567556+00', '01a216fd-7317-7243-927c-2d675568135c', NULL, NULL, NULL, '{"productId":"01a216fd-4450-77a2-852e-33f968928115","kind":"RECEIVED","change":11,"stock":101,"reason":"delivery"}');
INSERT INTO messaging.event_1 VALUES (1, 69, '01a216fd-7350-73b6-b2ae-9de9b0260f50', 'inventory.stock.reserved', '01a203bc-2b1b-761e-9def-206ee8ca6d78', '01a203bc-2b1b-761e-9def-206ee8ca6d78', '2026-11-26 08:33:58.608252+00', '01a216fd-7340-714e-9d00-b1a2001d36ab', NULL, NULL, NULL, '{"broken":true}');

INSERT INTO messaging.log_head VALUES (true, 70, 1);

INSERT INTO messaging.log_segment VALUES (1, 1, '2026-11-26 08:33:39.671958+00', NULL);

INSERT INTO messaging.parked VALUES ('01a216fd-7365-73d1-a917-2a00a00bf984', 'sales', 69, 'DEAD', 1, NULL, '01a216fd-7350-73b6-b2ae-9de9b0260f50', 'inventory.stock.reserved', '01a203bc-2b1b-761e-9def-206ee8ca6d78', '01a203bc-2b1b-761e-9def-206ee8ca6d78', '2026-11-26 08:33:58.608252+00', '01a216fd-7340-714e-9d00-b1a2001d36ab', NULL, NULL, NULL, '{"broken":true}', 'Unprocessable', 'the payload is no StockReserved: wrong at ', '2026-11-26 08:33:58.631789+00');

INSERT INTO messaging.schema_history VALUES (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '"messaging"', NULL, 'owner', '2026-11-26 08:33:39.570949', 0, true);
INSERT INTO messaging.schema_history VALUES (1, '1', 'event log and delivery', 'SQL', 'V1__event_log_and_delivery.sql', 101622018, 'owner', '2026-11-26 08:33:39.601131', 53, true);

INSERT INTO messaging.subscription VALUES ('sales', 70, 1, NULL, '-infinity', 25, 24, 0);
INSERT INTO messaging.subscription VALUES ('inventory', 70, 1, NULL, '-infinity', 14, 14, 0);
INSERT INTO messaging.subscription VALUES ('operations', 70, 1, NULL, '-infinity', 27, 27, 0);
INSERT INTO messaging.subscription VALUES ('financial', 70, 1, NULL, '-infinity', 9, 9, 0);

INSERT INTO operations.counted_to VALUES (true, 65);

INSERT INTO operations.manual_publication VALUES ('01a216fd-7350-73b6-b2ae-9de9b0260f50', 'admin', '2026-11-26 08:33:58.608252+00', true);

INSERT INTO operations.order_count VALUES ('CANCELLED', 3);
INSERT INTO operations.order_count VALUES ('CONFIRMED', 2);
INSERT INTO operations.order_count VALUES ('PAID', 0);
INSERT INTO operations.order_count VALUES ('PENDING', 0);
INSERT INTO operations.order_count VALUES ('PENDING_PAYMENT', 1);
INSERT INTO operations.order_count VALUES ('SHIPPED', 0);
INSERT INTO operations.order_count VALUES ('COMPLETED', 1);
INSERT INTO operations.order_count VALUES ('DELIVERED', 0);

INSERT INTO operations.schema_history VALUES (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '"operations"', NULL, 'owner', '2026-11-26 08:33:40.424849', 0, true);
INSERT INTO operations.schema_history VALUES (1, '1', 'what operations remembers', 'SQL', 'V1__what_operations_remembers.sql', -347453802, 'owner', '2026-11-26 08:33:40.448521', 8, true);

INSERT INTO platform.idempotency VALUES ('ef11bb65-b2fa-bf71-7d1f-b6eaf53b455a', '\xd3700ef0a70075f1c22e2eadf0e8e193dd9e60654867dc6a4ce8163f5d68a10d', 201, 'Location: /api/orders/01a216fd-46fa-7621-9eea-03130d6433e6', '{"id":"01a216fd-46fa-7621-9eea-03130d6433e6","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","status":"PENDING","items":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","sku":"CUP-1","name":"Cup","quantity":3,"unitPrice":{"amount":"2.50","currency":"EUR"},"total":{"amount":"7.50","currency":"EUR"}},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","sku":"LAMP-1","name":"Lamp","quantity":1,"unitPrice":{"amount":"30.00","currency":"EUR"},"total":{"amount":"30.00","currency":"EUR"}}],"total":{"amount":"37.50","currency":"EUR"},"createdAt":"2026-11-26T08:33:47.244560Z","updatedAt":"2026-11-26T08:33:47.244560Z","version":1,"correlationId":"01a216fd-46ae-729f-8cb8-c5be7a2275bd"}', '2026-11-26 08:33:47.225595+00');
INSERT INTO platform.idempotency VALUES ('16ccd0a4-229b-3c77-3efb-f7ae4cf650e6', '\xd30524b86a704ca002045b5471471bf5b54ea83eb00cc54adb6fb967c00aaacb', 201, 'Location: /api/orders/01a216fd-481a-75f2-b3c1-8bd3a95e8f5b', '{"id":"01a216fd-481a-75f2-b3c1-8bd3a95e8f5b","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","status":"PENDING","items":[{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","sku":"LAMP-1","name":"Lamp","quantity":99,"unitPrice":{"amount":"30.00","currency":"EUR"},"total":{"amount":"2970.00","currency":"EUR"}}],"total":{"amount":"2970.00","currency":"EUR"},"createdAt":"2026-11-26T08:33:47.546594Z","updatedAt":"2026-11-26T08:33:47.546594Z","version":1,"correlationId":"01a216fd-4806-7708-a7d9-c24078c8377f"}', '2026-11-26 08:33:47.54215+00');
INSERT INTO platform.idempotency VALUES ('60fc2c5a-8a00-30d5-08cc-66f08596d460', '\xed064f683fa67886920de40146fbf9237c19b0dd2a40ee016529986e62cbfaa3', 201, 'Location: /api/orders/01a216fd-486f-741e-bc2a-0b0185647ce9', '{"id":"01a216fd-486f-741e-bc2a-0b0185647ce9","customerId":"01a216fd-45d3-7188-bfe1-56ea93b023c2","status":"PENDING","items":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","sku":"CUP-1","name":"Cup","quantity":2,"unitPrice":{"amount":"2.50","currency":"EUR"},"total":{"amount":"5.00","currency":"EUR"}},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","sku":"LAMP-1","name":"Lamp","quantity":1,"unitPrice":{"amount":"30.00","currency":"EUR"},"total":{"amount":"30.00","currency":"EUR"}}],"total":{"amount":"35.00","currency":"EUR"},"createdAt":"2026-11-26T08:33:47.631131Z","updatedAt":"2026-11-26T08:33:47.631131Z","version":1,"correlationId":"01a216fd-4868-7765-bf9a-8b866e7f2361"}', '2026-11-26 08:33:47.628967+00');
INSERT INTO platform.idempotency VALUES ('1d967223-350b-4972-7d35-05dd3573ca95', '\x53925ab15ee9af18eeffb1ffb225924b3a6f0508342a297627793d0220ce8338', 201, 'Location: /api/orders/01a216fd-48b5-74b0-aec1-2d7362fdd05d', '{"id":"01a216fd-48b5-74b0-aec1-2d7362fdd05d","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","status":"PENDING","items":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","sku":"CUP-1","name":"Cup","quantity":4,"unitPrice":{"amount":"2.50","currency":"EUR"},"total":{"amount":"10.00","currency":"EUR"}},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","sku":"LAMP-1","name":"Lamp","quantity":1,"unitPrice":{"amount":"30.00","currency":"EUR"},"total":{"amount":"30.00","currency":"EUR"}}],"total":{"amount":"40.00","currency":"EUR"},"createdAt":"2026-11-26T08:33:47.700857Z","updatedAt":"2026-11-26T08:33:47.700857Z","version":1,"correlationId":"01a216fd-48a8-7117-a4a7-ff1c0ca7acc2"}', '2026-11-26 08:33:47.700171+00');
INSERT INTO platform.idempotency VALUES ('0db2af92-0487-80a5-da41-4072666e1ae0', '\x07d91189587c048fac9871a07fa97225b56624730cc23255154b831825a39d6e', 201, 'Location: /api/orders/01a216fd-7025-7750-9df0-7f146f94fc4f', '{"id":"01a216fd-7025-7750-9df0-7f146f94fc4f","customerId":"01a216fd-45d3-7188-bfe1-56ea93b023c2","status":"PENDING","items":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","sku":"CUP-1","name":"Cup","quantity":1,"unitPrice":{"amount":"2.50","currency":"EUR"},"total":{"amount":"2.50","currency":"EUR"}},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","sku":"LAMP-1","name":"Lamp","quantity":1,"unitPrice":{"amount":"30.00","currency":"EUR"},"total":{"amount":"30.00","currency":"EUR"}}],"total":{"amount":"32.50","currency":"EUR"},"createdAt":"2026-11-26T08:33:57.797267Z","updatedAt":"2026-11-26T08:33:57.797267Z","version":1,"correlationId":"01a216fd-6ffe-74e4-89f6-b16e8c0dca59"}', '2026-11-26 08:33:57.794356+00');
INSERT INTO platform.idempotency VALUES ('7ada1506-c88d-a70c-b438-eee9b5cfb629', '\x23fc7b5d69b7cab411cf3e1c4e424afd7f860019d5a0192a6bf0c364b5b6e40c', 201, 'Location: /api/orders/01a216fd-7131-73d8-a191-0bd534de7f9e', '{"id":"01a216fd-7131-73d8-a191-0bd534de7f9e","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","status":"PENDING","items":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","sku":"CUP-1","name":"Cup","quantity":5,"unitPrice":{"amount":"2.50","currency":"EUR"},"total":{"amount":"12.50","currency":"EUR"}},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","sku":"LAMP-1","name":"Lamp","quantity":1,"unitPrice":{"amount":"30.00","currency":"EUR"},"total":{"amount":"30.00","currency":"EUR"}}],"total":{"amount":"42.50","currency":"EUR"},"createdAt":"2026-11-26T08:33:58.065071Z","updatedAt":"2026-11-26T08:33:58.065071Z","version":1,"correlationId":"01a216fd-711f-7167-8754-8a9ffc346584"}', '2026-11-26 08:33:58.050974+00');
INSERT INTO platform.idempotency VALUES ('566776cf-a885-eab7-abcb-b80d8156cc45', '\x262dc19fff93a099aa633e93c38f6e5a1c4a91143912db9e71325e51184c9749', 201, 'Location: /api/orders/01a216fd-724e-7453-97f5-5e085915539e', '{"id":"01a216fd-724e-7453-97f5-5e085915539e","customerId":"01a216fd-45a1-77b8-8b60-2b5620eb5b53","status":"PENDING","items":[{"productId":"01a216fd-4450-77a2-852e-33f968928115","sku":"CUP-1","name":"Cup","quantity":2,"unitPrice":{"amount":"2.50","currency":"EUR"},"total":{"amount":"5.00","currency":"EUR"}},{"productId":"01a216fd-44d1-703a-9397-a545eedea10a","sku":"LAMP-1","name":"Lamp","quantity":1,"unitPrice":{"amount":"30.00","currency":"EUR"},"total":{"amount":"30.00","currency":"EUR"}}],"total":{"amount":"35.00","currency":"EUR"},"createdAt":"2026-11-26T08:33:58.349874Z","updatedAt":"2026-11-26T08:33:58.349874Z","version":1,"correlationId":"01a216fd-723f-7394-8f62-2cd2e8aa5abc"}', '2026-11-26 08:33:58.349451+00');

INSERT INTO platform.schema_history VALUES (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '"platform"', NULL, 'owner', '2026-11-26 08:33:39.389305', 0, true);
INSERT INTO platform.schema_history VALUES (1, '1', 'idempotency', 'SQL', 'V1__idempotency.sql', -1498045386, 'owner', '2026-11-26 08:33:39.424662', 12, true);

INSERT INTO psp_simulator.charges VALUES ('01a216fd-475e-71ff-9147-97e0926218de', 37.5000, 'EUR', 'CAPTURED', 0, '2026-11-26 08:33:47.390657+00');
INSERT INTO psp_simulator.charges VALUES ('01a216fd-487c-74ed-a35d-e82e8d650f36', 35.0000, 'EUR', 'DECLINED', 0, '2026-11-26 08:33:47.649213+00');
INSERT INTO psp_simulator.charges VALUES ('01a216fd-48ca-75fc-a799-eeb0cc80d3c3', 40.0000, 'EUR', 'PENDING', 0, '2026-11-26 08:33:47.727603+00');
INSERT INTO psp_simulator.charges VALUES ('01a216fd-7030-7661-86d6-45078509c8cb', 32.5000, 'EUR', 'CAPTURED', 0, '2026-11-26 08:33:57.811325+00');
INSERT INTO psp_simulator.charges VALUES ('01a216fd-7144-74d7-a18e-7549ab4bc854', 42.5000, 'EUR', 'CAPTURED', 0, '2026-11-26 08:33:58.087601+00');
INSERT INTO psp_simulator.charges VALUES ('01a216fd-7255-736d-b16a-9154e58a9423', 35.0000, 'EUR', 'CAPTURED', 0, '2026-11-26 08:33:58.358892+00');

INSERT INTO psp_simulator.refunds VALUES ('01a216fd-70c4-76b9-8962-a2cc7a9e6d06', '01a216fd-7030-7661-86d6-45078509c8cb', 32.5000, '2026-11-26 08:33:58.000261+00');
INSERT INTO psp_simulator.refunds VALUES ('01a216fd-72bb-726e-a35c-9f53b329a963', '01a216fd-7255-736d-b16a-9154e58a9423', 1.0000, '2026-11-26 08:33:58.470343+00');

INSERT INTO psp_simulator.schema_history VALUES (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '"psp_simulator"', NULL, 'owner', '2026-11-26 08:33:40.142221', 0, true);
INSERT INTO psp_simulator.schema_history VALUES (1, '1', 'ledger', 'SQL', 'V1__ledger.sql', 2078790251, 'owner', '2026-11-26 08:33:40.160518', 20, true);

INSERT INTO sales.customer VALUES ('01a216fd-45a1-77b8-8b60-2b5620eb5b53', true);
INSERT INTO sales.customer VALUES ('01a216fd-45d3-7188-bfe1-56ea93b023c2', true);

INSERT INTO sales."order" VALUES ('01a216fd-70f6-72e3-82da-6d0249ca569a', '01a216fd-45a1-77b8-8b60-2b5620eb5b53', 'DRAFT', NULL, 32.5000, 'EUR', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-26 08:33:58.005855+00', '2026-11-26 08:33:58.005855+00', NULL, DEFAULT, 1, '01a216fd-70e3-744d-9108-fa5f5186978a', NULL);
INSERT INTO sales."order" VALUES ('01a216fd-46fa-7621-9eea-03130d6433e6', '01a216fd-45a1-77b8-8b60-2b5620eb5b53', 'CONFIRMED', NULL, 37.5000, 'EUR', 'credit_card', 'tok_approve', NULL, '01a216fd-4728-77d3-bafd-a16d41015760', 'CONFIRMED', '2026-11-26 08:48:47.303641+00', '01a216fd-475e-71ff-9147-97e0926218de', 'SUCCEEDED', '2026-11-26 08:33:47.24456+00', '2026-11-26 08:33:47.466839+00', NULL, DEFAULT, 4, '01a216fd-46ae-729f-8cb8-c5be7a2275bd', 'e164f679-2ed8-3567-b5a5-00ab87de7d67');
INSERT INTO sales."order" VALUES ('01a216fd-481a-75f2-b3c1-8bd3a95e8f5b', '01a216fd-45a1-77b8-8b60-2b5620eb5b53', 'CANCELLED', 'out_of_stock', 2970.0000, 'EUR', 'credit_card', 'tok_approve', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-26 08:33:47.546594+00', '2026-11-26 08:33:47.595081+00', NULL, DEFAULT, 2, '01a216fd-4806-7708-a7d9-c24078c8377f', '07ef23bd-651e-3ae8-bcc3-ab05e354c7c5');
INSERT INTO sales."order" VALUES ('01a216fd-7025-7750-9df0-7f146f94fc4f', '01a216fd-45d3-7188-bfe1-56ea93b023c2', 'CANCELLED', 'operator_request', 32.5000, 'EUR', 'debit_card', 'tok_approve', NULL, '01a216fd-702a-74ad-96f5-d96cb51b9c81', 'CONFIRMED', '2026-11-26 08:48:57.802206+00', '01a216fd-7030-7661-86d6-45078509c8cb', 'REFUNDED', '2026-11-26 08:33:57.797267+00', '2026-11-26 08:33:58.034669+00', NULL, DEFAULT, 5, '01a216fd-6ffe-74e4-89f6-b16e8c0dca59', '35eed28e-f334-35e3-b2fd-aa588ed831b9');
INSERT INTO sales."order" VALUES ('01a216fd-486f-741e-bc2a-0b0185647ce9', '01a216fd-45d3-7188-bfe1-56ea93b023c2', 'CANCELLED', 'payment_failed', 35.0000, 'EUR', 'credit_card', 'tok_decline', NULL, '01a216fd-4877-74bb-837a-8276e9a5ee01', 'RELEASED', '2026-11-26 08:48:47.639608+00', '01a216fd-487c-74ed-a35d-e82e8d650f36', 'FAILED', '2026-11-26 08:33:47.631131+00', '2026-11-26 08:33:47.676129+00', NULL, DEFAULT, 3, '01a216fd-4868-7765-bf9a-8b866e7f2361', '5680caef-c73c-3799-941b-1bda09102a0f');
INSERT INTO sales."order" VALUES ('01a216fd-48b5-74b0-aec1-2d7362fdd05d', '01a216fd-45a1-77b8-8b60-2b5620eb5b53', 'PENDING_PAYMENT', NULL, 40.0000, 'EUR', 'pix', 'tok_pending', NULL, '01a216fd-48be-760e-85e5-e13db62d5cd6', 'RESERVED', '2026-11-26 08:48:47.710083+00', NULL, NULL, '2026-11-26 08:33:47.700857+00', '2026-11-26 08:33:47.715606+00', '2026-11-26 08:33:47.700857+00', DEFAULT, 2, '01a216fd-48a8-7117-a4a7-ff1c0ca7acc2', '4bf092b3-0aa4-37c9-a582-249b5b16c41c');
INSERT INTO sales."order" VALUES ('01a216fd-7131-73d8-a191-0bd534de7f9e', '01a216fd-45a1-77b8-8b60-2b5620eb5b53', 'COMPLETED', NULL, 42.5000, 'EUR', 'boleto', 'tok_approve', NULL, '01a216fd-713a-766b-b741-7b1c78b22136', 'CONFIRMED', '2026-11-26 08:48:58.074764+00', '01a216fd-7144-74d7-a18e-7549ab4bc854', 'SUCCEEDED', '2026-11-26 08:33:58.065071+00', '2026-11-26 08:33:58.291221+00', NULL, DEFAULT, 7, '01a216fd-711f-7167-8754-8a9ffc346584', 'd826397d-46c5-36e8-b3b4-4af2aa1f6676');
INSERT INTO sales."order" VALUES ('01a216fd-724e-7453-97f5-5e085915539e', '01a216fd-45a1-77b8-8b60-2b5620eb5b53', 'CONFIRMED', NULL, 35.0000, 'EUR', 'credit_card', 'tok_approve', NULL, '01a216fd-7252-765e-9514-79a1f38af53c', 'CONFIRMED', '2026-11-26 08:48:58.35449+00', '01a216fd-7255-736d-b16a-9154e58a9423', 'PARTIALLY_REFUNDED', '2026-11-26 08:33:58.349874+00', '2026-11-26 08:33:58.480621+00', NULL, DEFAULT, 4, '01a216fd-723f-7394-8f62-2cd2e8aa5abc', '6c60ef34-7b97-3466-8aac-e1ed6396d1e7');

INSERT INTO sales.order_line VALUES ('01a216fd-46fa-7621-9eea-03130d6433e6', 1, '01a216fd-4450-77a2-852e-33f968928115', 'CUP-1', 'Cup', 3, 2.5000);
INSERT INTO sales.order_line VALUES ('01a216fd-46fa-7621-9eea-03130d6433e6', 2, '01a216fd-44d1-703a-9397-a545eedea10a', 'LAMP-1', 'Lamp', 1, 30.0000);
INSERT INTO sales.order_line VALUES ('01a216fd-481a-75f2-b3c1-8bd3a95e8f5b', 1, '01a216fd-44d1-703a-9397-a545eedea10a', 'LAMP-1', 'Lamp', 99, 30.0000);
INSERT INTO sales.order_line VALUES ('01a216fd-486f-741e-bc2a-0b0185647ce9', 1, '01a216fd-4450-77a2-852e-33f968928115', 'CUP-1', 'Cup', 2, 2.5000);
INSERT INTO sales.order_line VALUES ('01a216fd-486f-741e-bc2a-0b0185647ce9', 2, '01a216fd-44d1-703a-9397-a545eedea10a', 'LAMP-1', 'Lamp', 1, 30.0000);
INSERT INTO sales.order_line VALUES ('01a216fd-48b5-74b0-aec1-2d7362fdd05d', 1, '01a216fd-4450-77a2-852e-33f968928115', 'CUP-1', 'Cup', 4, 2.5000);
INSERT INTO sales.order_line VALUES ('01a216fd-48b5-74b0-aec1-2d7362fdd05d', 2, '01a216fd-44d1-703a-9397-a545eedea10a', 'LAMP-1', 'Lamp', 1, 30.0000);
INSERT INTO sales.order_line VALUES ('01a216fd-7025-7750-9df0-7f146f94fc4f', 1, '01a216fd-4450-77a2-852e-33f968928115', 'CUP-1', 'Cup', 1, 2.5000);
INSERT INTO sales.order_line VALUES ('01a216fd-7025-7750-9df0-7f146f94fc4f', 2, '01a216fd-44d1-703a-9397-a545eedea10a', 'LAMP-1', 'Lamp', 1, 30.0000);
INSERT INTO sales.order_line VALUES ('01a216fd-70f6-72e3-82da-6d0249ca569a', 1, '01a216fd-4450-77a2-852e-33f968928115', 'CUP-1', 'Cup', 1, 2.5000);
INSERT INTO sales.order_line VALUES ('01a216fd-70f6-72e3-82da-6d0249ca569a', 2, '01a216fd-44d1-703a-9397-a545eedea10a', 'LAMP-1', 'Lamp', 1, 30.0000);
INSERT INTO sales.order_line VALUES ('01a216fd-7131-73d8-a191-0bd534de7f9e', 1, '01a216fd-4450-77a2-852e-33f968928115', 'CUP-1', 'Cup', 5, 2.5000);
INSERT INTO sales.order_line VALUES ('01a216fd-7131-73d8-a191-0bd534de7f9e', 2, '01a216fd-44d1-703a-9397-a545eedea10a', 'LAMP-1', 'Lamp', 1, 30.0000);
INSERT INTO sales.order_line VALUES ('01a216fd-724e-7453-97f5-5e085915539e', 1, '01a216fd-4450-77a2-852e-33f968928115', 'CUP-1', 'Cup', 2, 2.5000);
INSERT INTO sales.order_line VALUES ('01a216fd-724e-7453-97f5-5e085915539e', 2, '01a216fd-44d1-703a-9397-a545eedea10a', 'LAMP-1', 'Lamp', 1, 30.0000);

INSERT INTO sales.product VALUES ('01a216fd-4450-77a2-852e-33f968928115', 'CUP-1', 'Cup', 2.5000, 'EUR', true);
INSERT INTO sales.product VALUES ('01a216fd-44d1-703a-9397-a545eedea10a', 'LAMP-1', 'Lamp', 30.0000, 'EUR', true);

INSERT INTO sales.schema_history VALUES (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '"sales"', NULL, 'owner', '2026-11-26 08:33:39.80741', 0, true);
INSERT INTO sales.schema_history VALUES (1, '1', 'orders', 'SQL', 'V1__orders.sql', -270078281, 'owner', '2026-11-26 08:33:39.824351', 28, true);

SELECT pg_catalog.setval('inventory.ledger_id_seq', 28, true);

ALTER TABLE ONLY customers.customer
    ADD CONSTRAINT customer_email_key_key UNIQUE (email_key);

ALTER TABLE ONLY customers.customer
    ADD CONSTRAINT customer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY customers.schema_history
    ADD CONSTRAINT schema_history_pk PRIMARY KEY (installed_rank);

ALTER TABLE ONLY customers.user_account
    ADD CONSTRAINT user_account_customer_id_key UNIQUE (customer_id);

ALTER TABLE ONLY customers.user_account
    ADD CONSTRAINT user_account_pkey PRIMARY KEY (login);

ALTER TABLE ONLY financial.order_notes
    ADD CONSTRAINT order_notes_pkey PRIMARY KEY (order_id);

ALTER TABLE ONLY financial.payments
    ADD CONSTRAINT payments_order_id_key UNIQUE (order_id);

ALTER TABLE ONLY financial.payments
    ADD CONSTRAINT payments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY financial.refunds
    ADD CONSTRAINT refunds_pkey PRIMARY KEY (id);

ALTER TABLE ONLY financial.schema_history
    ADD CONSTRAINT schema_history_pk PRIMARY KEY (installed_rank);

ALTER TABLE ONLY financial.webhooks
    ADD CONSTRAINT webhooks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY inventory.ledger
    ADD CONSTRAINT ledger_pkey PRIMARY KEY (id);

ALTER TABLE ONLY inventory.product
    ADD CONSTRAINT product_pkey PRIMARY KEY (id);

ALTER TABLE ONLY inventory.product
    ADD CONSTRAINT product_sku_key UNIQUE (sku);

ALTER TABLE ONLY inventory.reservation
    ADD CONSTRAINT reservation_order_key UNIQUE (order_id);

ALTER TABLE ONLY inventory.reservation
    ADD CONSTRAINT reservation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY inventory.schema_history
    ADD CONSTRAINT schema_history_pk PRIMARY KEY (installed_rank);

ALTER TABLE ONLY inventory.stock
    ADD CONSTRAINT stock_pkey PRIMARY KEY (product_id);

ALTER TABLE ONLY messaging.dead_letter
    ADD CONSTRAINT dead_letter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY messaging.log_head
    ADD CONSTRAINT log_head_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY messaging.log_segment
    ADD CONSTRAINT log_segment_pkey PRIMARY KEY (segment);

ALTER TABLE ONLY messaging.parked
    ADD CONSTRAINT parked_pkey PRIMARY KEY (id);

ALTER TABLE ONLY messaging.parked
    ADD CONSTRAINT parked_subscription_event_id_key UNIQUE (subscription, event_id);

ALTER TABLE ONLY messaging.schema_history
    ADD CONSTRAINT schema_history_pk PRIMARY KEY (installed_rank);

ALTER TABLE ONLY messaging.subscription
    ADD CONSTRAINT subscription_pkey PRIMARY KEY (name);

ALTER TABLE ONLY operations.counted_to
    ADD CONSTRAINT counted_to_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY operations.manual_publication
    ADD CONSTRAINT manual_publication_pkey PRIMARY KEY (event_id);

ALTER TABLE ONLY operations.order_count
    ADD CONSTRAINT order_count_pkey PRIMARY KEY (status);

ALTER TABLE ONLY operations.schema_history
    ADD CONSTRAINT schema_history_pk PRIMARY KEY (installed_rank);

ALTER TABLE ONLY platform.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (id);

ALTER TABLE ONLY platform.schema_history
    ADD CONSTRAINT schema_history_pk PRIMARY KEY (installed_rank);

ALTER TABLE ONLY psp_simulator.charges
    ADD CONSTRAINT charges_pkey PRIMARY KEY (key);

ALTER TABLE ONLY psp_simulator.refunds
    ADD CONSTRAINT refunds_pkey PRIMARY KEY (key);

ALTER TABLE ONLY psp_simulator.schema_history
    ADD CONSTRAINT schema_history_pk PRIMARY KEY (installed_rank);

ALTER TABLE ONLY sales.customer
    ADD CONSTRAINT customer_pkey PRIMARY KEY (customer_id);

ALTER TABLE ONLY sales.order_line
    ADD CONSTRAINT order_line_pkey PRIMARY KEY (order_id, line);

ALTER TABLE ONLY sales."order"
    ADD CONSTRAINT order_pkey PRIMARY KEY (id);

ALTER TABLE ONLY sales.product
    ADD CONSTRAINT product_pkey PRIMARY KEY (product_id);

ALTER TABLE ONLY sales.schema_history
    ADD CONSTRAINT schema_history_pk PRIMARY KEY (installed_rank);

CREATE INDEX schema_history_s_idx ON customers.schema_history USING btree (success);

CREATE INDEX payments_due ON financial.payments USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX payments_ended_otherwise ON financial.payments USING btree (status, id) WHERE (status = ANY (ARRAY['FAILED'::text, 'CANCELLED'::text, 'PARTIALLY_REFUNDED'::text, 'REFUNDED'::text]));

CREATE INDEX refunds_due ON financial.refunds USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX refunds_of_payment ON financial.refunds USING btree (payment_id);

CREATE INDEX schema_history_s_idx ON financial.schema_history USING btree (success);

CREATE INDEX reservation_open ON inventory.reservation USING btree (expires_at) WHERE (status = 'RESERVED'::text);

CREATE INDEX schema_history_s_idx ON inventory.schema_history USING btree (success);

CREATE INDEX dead_letter_action_dead_letter_id_at_idx ON messaging.dead_letter_action USING btree (dead_letter_id, at);

CREATE INDEX dead_letter_closed ON messaging.dead_letter USING btree (closed_at) WHERE (closed_at IS NOT NULL);

CREATE INDEX dead_letter_open ON messaging.dead_letter USING btree (id) WHERE (status = 'OPEN'::text);

CREATE INDEX event_1_key_position_idx ON messaging.event_1 USING btree (key, "position");

CREATE UNIQUE INDEX event_1_position_idx ON messaging.event_1 USING btree ("position");

CREATE INDEX parked_chain ON messaging.parked USING btree (subscription, key, "position");

CREATE INDEX parked_due ON messaging.parked USING btree (subscription, due_at) WHERE (status = 'RETRYING'::text);

CREATE INDEX schema_history_s_idx ON messaging.schema_history USING btree (success);

CREATE INDEX schema_history_s_idx ON operations.schema_history USING btree (success);

CREATE INDEX idempotency_by_age ON platform.idempotency USING btree (created_at);

CREATE INDEX schema_history_s_idx ON platform.schema_history USING btree (success);

CREATE INDEX refunds_of_charge ON psp_simulator.refunds USING btree (charge_key);

CREATE INDEX schema_history_s_idx ON psp_simulator.schema_history USING btree (success);

CREATE INDEX order_customer ON sales."order" USING btree (customer_id, id);

CREATE INDEX order_settled ON sales."order" USING btree (settled, id) WHERE (settled IS NOT NULL);

CREATE INDEX order_under_way ON sales."order" USING btree (under_way_since) WHERE (under_way_since IS NOT NULL);

CREATE INDEX product_sku ON sales.product USING btree (sku);

CREATE INDEX schema_history_s_idx ON sales.schema_history USING btree (success);

ALTER TABLE ONLY customers.user_account
    ADD CONSTRAINT user_account_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(id);

ALTER TABLE ONLY financial.refunds
    ADD CONSTRAINT refunds_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES financial.payments(id);

ALTER TABLE ONLY inventory.stock
    ADD CONSTRAINT stock_product_id_fkey FOREIGN KEY (product_id) REFERENCES inventory.product(id);

ALTER TABLE ONLY messaging.dead_letter_action
    ADD CONSTRAINT dead_letter_action_dead_letter_id_fkey FOREIGN KEY (dead_letter_id) REFERENCES messaging.dead_letter(id) ON DELETE CASCADE;

ALTER TABLE ONLY messaging.parked
    ADD CONSTRAINT parked_subscription_fkey FOREIGN KEY (subscription) REFERENCES messaging.subscription(name);

ALTER TABLE ONLY psp_simulator.refunds
    ADD CONSTRAINT refunds_charge_key_fkey FOREIGN KEY (charge_key) REFERENCES psp_simulator.charges(key);

ALTER TABLE ONLY sales.order_line
    ADD CONSTRAINT order_line_order_id_fkey FOREIGN KEY (order_id) REFERENCES sales."order"(id);

