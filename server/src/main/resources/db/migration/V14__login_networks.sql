-- Where users have logged in from. What others try elsewhere does not lock such a place, and does not make it wait.
create table login_networks (
    user_id    uuid        not null references users (id) on delete cascade,
    network    text        not null,
    last_login timestamptz not null default now(),
    primary key (user_id, network)
);
