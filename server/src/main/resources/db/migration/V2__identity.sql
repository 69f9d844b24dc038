-- Who there is. The mail is kept as typed and compared without regard to case; the handle is lower case.
create table users (
    id            uuid        primary key default uuidv7(),
    email         text        not null,
    handle        text        collate "C" not null unique,
    first_name    text        not null,
    last_name     text        not null,
    role          text        not null default 'STUDENT' check (role in ('STUDENT', 'PREFECT', 'AUROR', 'ADMIN')),
    house         text        check (house in ('GRYFFINDOR', 'SLYTHERIN', 'RAVENCLAW', 'HUFFLEPUFF')),
    password_hash text        not null,
    is_demo       boolean     not null default false,
    created_at    timestamptz not null default now()
);

create unique index users_email_key on users (lower(email));
create index users_role on users (role) where role <> 'STUDENT';

-- One login and everything that is refreshed from it: the family of refresh tokens, the "sid" of access tokens.
create table user_sessions (
    id         uuid        primary key default uuidv7(),
    user_id    uuid        not null references users (id) on delete cascade,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    ended_at   timestamptz,
    end_reason text
);

create index user_sessions_user_id on user_sessions (user_id);

-- Every refresh token that was given out and has not expired, the used ones too: who shows one of those has stolen it,
-- or was stolen from. Only its SHA-256 is known here.
create table refresh_tokens (
    id         uuid        primary key default uuidv7(),
    user_id    uuid        not null references users (id) on delete cascade,
    session_id uuid        not null references user_sessions (id) on delete cascade,
    token_hash bytea       not null unique,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at    timestamptz
);

create index refresh_tokens_session_id on refresh_tokens (session_id);
create index refresh_tokens_user_id on refresh_tokens (user_id);
