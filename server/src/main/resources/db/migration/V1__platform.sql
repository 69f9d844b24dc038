-- The nodes that share this database; one that has not been seen for a week is forgotten, with what is kept for it.
create table nodes (
    node_id   text        primary key,
    last_seen timestamptz not null
);
