-- What a search text means: the words of websearch_to_tsquery ("quoted phrases", or, -not), each also as the beginning
-- of a longer word, so that a list can be searched while somebody types. Any text is a query; one without words finds
-- nothing. The configuration is 'simple': no stemming, which would make beginnings of words unfindable ("happeni" is no
-- beginning of the stem "happen"), no stop words, and names of places and spells stay as they are.
create function incident_search_query(typed text) returns tsquery
    language sql immutable strict parallel safe
    return regexp_replace(websearch_to_tsquery('simple', typed)::text, '''(?:[^'']|'''')*''', '\&:*', 'g')::tsquery;

-- Numbers of incidents; each node takes them in blocks.
create sequence incident_ids as bigint;

create table incidents (
    id          bigint      primary key,
    title       text        not null check (char_length(title) between 1 and 255),
    description text        not null check (char_length(description) <= 10000),
    severity    text        not null check (severity in ('MISCHIEF', 'SUSPICIOUS', 'SERIOUS', 'DANGEROUS', 'CRITICAL',
                                                         'UNFORGIVABLE')),
    location    text        not null check (location in ('HOGWARTS', 'HOGSMEADE', 'KNOCKTURN_ALLEY', 'FORBIDDEN_FOREST',
                                                         'MINISTRY', 'AZKABAN', 'DIAGON_ALLEY', 'PLATFORM_9_3_4')),
    status      text        not null check (status in ('OPEN', 'IN_PROGRESS', 'RESOLVED', 'ARCHIVED')),
    reported_by uuid        not null references users (id),
    reported_at timestamptz not null,
    assigned_to uuid        references users (id),
    updated_at  timestamptz not null,
    resolved_by uuid        references users (id),
    resolved_at timestamptz,
    resolution  text        check (char_length(resolution) between 1 and 10000),
    version     bigint      not null check (version >= 1),
    search      tsvector    not null generated always as (to_tsvector('simple', title || ' ' || description)) stored,
    constraint incidents_resolution_goes_with_status check (
        case when status in ('RESOLVED', 'ARCHIVED')
             then num_nonnulls(resolved_by, resolved_at, resolution) = 3
             else num_nonnulls(resolved_by, resolved_at, resolution) = 0
        end)
);

-- Pages go from the newest number down, so every filter comes with the number: a page is then read off its index. The
-- primary key serves the page without a filter.
create index incidents_status_idx on incidents (status, id);
create index incidents_severity_idx on incidents (severity, id);
create index incidents_urgent_idx on incidents (id) where severity in ('CRITICAL', 'UNFORGIVABLE');
create index incidents_location_idx on incidents (location, id);
create index incidents_reported_by_idx on incidents (reported_by, id);
create index incidents_assigned_to_idx on incidents (assigned_to, id) where assigned_to is not null;
create index incidents_search_idx on incidents using gin (search);

-- Answers to commands that came with an Idempotency-Key, written in the command's own transaction.
create table idempotency_keys (
    user_id      uuid        not null references users (id) on delete cascade,
    path         text        not null,
    key          text        not null,
    request_hash text        not null,
    answer       json,
    created_at   timestamptz not null,
    primary key (user_id, path, key)
);
create index idempotency_keys_created_at_idx on idempotency_keys (created_at);
