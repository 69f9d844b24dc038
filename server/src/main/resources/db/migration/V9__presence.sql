-- Who is connected now, a row a socket, written by the node that the socket is on. When a node dies, the others remove
-- its rows.
create table presence_sessions (
    socket_id    varchar(255) primary key,
    user_id      uuid         not null references users (id) on delete cascade,
    connected_at timestamptz  not null default now(),
    last_seen    timestamptz  not null default now(),
    current_room varchar(255),
    node_id      text         not null references nodes (node_id) on delete cascade
);

create index idx_presence_user_id on presence_sessions (user_id);
create index idx_presence_last_seen on presence_sessions (last_seen);
create index idx_presence_current_room on presence_sessions (current_room) where current_room is not null;
create index idx_presence_node_id on presence_sessions (node_id);
