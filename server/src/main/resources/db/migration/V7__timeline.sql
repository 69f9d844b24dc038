-- What has happened to one thing, in the order of the log.
create index event_log_key_idx on event_log (key, position);
