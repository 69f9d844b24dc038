-- Sockets as they are remembered, so that a client whose connection broke goes on where it was, on any node. The row is
-- written anew with every change; last_seen alone now and then, in place.
create table socket_sessions (
    pid          text        primary key,
    generation   bigint      not null,
    namespace    text        not null,
    socket_id    text        not null,
    user_id      uuid        references users (id) on delete cascade,
    start_offset text        not null,
    rooms        json        not null,
    last_seen    timestamptz not null,
    node_id      text        not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

create index socket_sessions_socket_id on socket_sessions (socket_id);
create index socket_sessions_user_id on socket_sessions (user_id);
