-- Where a transaction leaves its events, in the same commit as the state they describe.
create table outbox (
    id          bigint generated always as identity primary key,
    event_id    uuid        not null,
    topic       text        not null,
    key         text        not null,
    event_type  text        not null,
    envelope    json        not null,
    recorded_at timestamptz not null default clock_timestamp()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_insert_threshold = -1);

-- The log: every committed event at its position. Written by the sequencer alone.
create table event_log (
    position   bigint primary key,
    event_id   uuid   not null,
    topic      text   not null,
    key        text   not null,
    event_type text   not null,
    envelope   json   not null
);

-- One row: the newest position, and which life of the log this is.
create table event_log_head (
    singleton boolean primary key default true check (singleton),
    epoch     text   not null,
    position  bigint not null
) with (fillfactor = 50);

insert into event_log_head (epoch, position) values (gen_random_uuid()::text, 0);

-- How far each consumer has come. What belongs to one node is forgotten with it.
create table consumer_positions (
    consumer   text        primary key,
    node_id    text        references nodes (node_id) on delete cascade,
    position   bigint      not null,
    updated_at timestamptz not null default now()
) with (fillfactor = 50);
