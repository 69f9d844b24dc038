-- Beside everybody who writes meanwhile. What is left of an attempt that was killed is made anew.
drop index concurrently if exists incidents_words_idx;
create index concurrently incidents_words_idx on incidents
    using gin (search_vector(title || ' ' || description));
drop index concurrently if exists users_words_idx;
create index concurrently users_words_idx on users
    using gin (search_vector(first_name || ' ' || last_name || ' ' || handle));
drop index concurrently if exists incidents_search_idx;

-- Notifications of a comment, which go when it is deleted.
drop index concurrently if exists notifications_mention_idx;
create index concurrently notifications_mention_idx on notifications (link)
    where type = 'mention' and dismissed_at is null;
