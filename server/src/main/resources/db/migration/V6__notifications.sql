-- What concerns a user, until he dismisses it. A dismissed one stays as a row that nobody is shown: its event must not
-- notify him again, however often it is delivered.
create table notifications (
    id           uuid        primary key default uuidv7(),
    user_id      uuid        not null references users (id) on delete cascade,
    type         text        not null check (type in ('mention', 'assignment', 'escalation')),
    message      text        not null,
    link         text        not null,
    is_read      boolean     not null default false,
    created_at   timestamptz not null default now(),
    read_at      timestamptz,
    dismissed_at timestamptz,
    event_id     uuid        not null,
    number       bigint      not null generated always as identity,
    constraint notifications_once_per_event unique (event_id, user_id, type),
    constraint notifications_read_at_goes_with_is_read check (is_read = (read_at is not null))
);

-- Pages go from the newest number down.
create index idx_notifications_user_id on notifications (user_id, number);
create index idx_notifications_is_read on notifications (is_read, user_id);
create index idx_notifications_created_at on notifications (created_at desc);
