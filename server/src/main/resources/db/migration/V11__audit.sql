-- Everything that has happened, for whoever must account for it: written once, by the consumer of all topics.
create table audit_trail (
    position    bigint      primary key,
    event_id    uuid        not null unique,
    event_type  text        not null,
    user_id     uuid,
    happened_at timestamptz not null,
    envelope    json        not null
);

create index audit_trail_happened_at_idx on audit_trail (happened_at);
create index audit_trail_user_id_idx on audit_trail (user_id, position) where user_id is not null;
create index audit_trail_event_type_idx on audit_trail (event_type, position);

create function refuse_to_change_audit_trail() returns trigger language plpgsql as $$
begin
    raise exception 'the audit trail is append-only: % refused', tg_op;
end $$;

create trigger audit_trail_is_append_only before update or delete or truncate on audit_trail
    for each statement execute function refuse_to_change_audit_trail();
