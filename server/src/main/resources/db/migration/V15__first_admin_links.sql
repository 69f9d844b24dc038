-- Who holds one of these and is signed in with the mail becomes the first ADMIN. Only their SHA-256 is known here.
create table first_admin_links (
    token_hash bytea       primary key,
    email      text        not null,
    expires_at timestamptz not null
);
