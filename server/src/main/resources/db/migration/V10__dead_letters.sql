-- What a consumer has handled is more than "up to its position" once it has been reset; what it has handled it drops.
-- A reset counts one up: so a node that keeps its position in memory notices.
alter table consumer_positions add column handled int8multirange not null default '{}';
alter table consumer_positions add column resets  bigint         not null default 0;

update consumer_positions set handled = int8multirange(int8range(1, position, '[]')) where position > 0;

-- Events that a consumer could not handle, and the later ones of the same key, which wait behind them. The first of a
-- key has a next attempt, or none left; those that wait have no attempt behind them and none ahead.
create table dead_letters (
    id              bigint      primary key generated always as identity,
    consumer        text        not null,
    position        bigint      not null references event_log (position),
    topic           text        not null,
    key             text        not null,
    attempts        int         not null,
    error           text,
    parked_at       timestamptz not null,
    next_attempt_at timestamptz,
    constraint dead_letters_once_per_consumer unique (consumer, position)
);

create index dead_letters_key_idx on dead_letters (consumer, topic, key, position);
create index dead_letters_next_attempt_idx on dead_letters (consumer, next_attempt_at)
    where next_attempt_at is not null;
