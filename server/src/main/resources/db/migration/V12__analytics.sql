-- How much of what there is: counted from the log, and counted anew from its beginning whenever somebody asks for it.
create table analytics_counters (
    kind   text   not null,
    name   text   not null,
    amount bigint not null,
    primary key (kind, name)
);
