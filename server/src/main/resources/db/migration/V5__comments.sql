-- Numbers of comments. One is taken while its incident is locked, so within an incident they rise in the order of the
-- commits: a page that has been read never changes at its start.
create sequence comment_ids as bigint;

create table incident_comments (
    id          bigint      primary key,
    incident_id bigint      not null references incidents (id) on delete cascade,
    author_id   uuid        not null references users (id),
    content     text        not null check (char_length(content) between 1 and 5000),
    created_at  timestamptz not null default now()
);

create index incident_comments_incident_id_idx on incident_comments (incident_id, id);
