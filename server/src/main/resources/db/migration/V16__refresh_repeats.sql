-- A refresh may be repeated for a moment, since its answer may have been lost: what it brought is withdrawn then, unless
-- it has been used. A token that came with an access token has that one's "jti" as its id.
alter table refresh_tokens
    add column predecessor_id uuid,
    add column access_used_at timestamptz,
    add column withdrawn_at   timestamptz;

create index refresh_tokens_predecessor_id on refresh_tokens (predecessor_id) where predecessor_id is not null;
create index refresh_tokens_withdrawn on refresh_tokens (session_id) where withdrawn_at is not null;
