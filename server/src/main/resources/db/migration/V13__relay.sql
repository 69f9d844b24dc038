-- Up to where the broker holds the whole log; written by the relay alone, now and then.
create table relay_position (
    singleton  boolean     primary key default true check (singleton),
    epoch      text        not null,
    position   bigint      not null,
    updated_at timestamptz not null default now()
) with (fillfactor = 50);

-- The newest event of each topic that the broker has acknowledged. If it then ends before, it has lost events.
create table relay_topic_ends (
    topic    text   primary key,
    epoch    text   not null,
    position bigint not null,
    event_id uuid   not null
) with (fillfactor = 50);
