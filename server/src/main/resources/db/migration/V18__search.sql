-- What a search compares: words. The page has the same rule (web/src/sync/search), and docs/examples/search.json is what
-- both are tested with. The functions are immutable, their collations written down, so an index can be made of what they
-- say of a row: it is right for every row, whichever release wrote it.

-- The words of a text. Letters are compared without case and marks. A script without spaces has a word at each of its
-- characters, three characters long, so that any part of such a text is found.
create function search_words(typed text) returns text[]
    language sql immutable strict parallel safe cost 10000
begin atomic
    with folded as (
        select translate(
            regexp_replace(
                casefold(normalize(typed, NFKD) collate pg_unicode_fast),
                -- Marks of alphabets, kana and symbols, and what is not seen. Vowels of Indic scripts are letters here.
                E'[\u00AD\u0300-\u036F\u0483-\u0489\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7'
                    '\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E4\u06E7\u06E8\u06EA-\u06ED'
                    '\u1AB0-\u1AFF\u1DC0-\u1DFF\u200C-\u200F\u202A-\u202E\u2060-\u2069\u20D0-\u20FF\u3099\u309A'
                    '\uFE00-\uFE0F\uFE20-\uFE2F]+',
                '', 'g'),
            -- Letters whose mark Unicode takes for a part of them.
            'ıłøđ', 'ilod') as text),
    -- Thai, Lao, Myanmar, Khmer, Tai; kana, bopomofo, Han.
    script as (
        select E'[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u1950-\u19DF\u1A20-\u1AAF\uA9E0-\uA9FF\uAA60-\uAADF'
                    '\u3005-\u3007\u3021-\u312F\u31A0-\u31BF\u31F0-\u31FF\u3400-\u4DBF\u4E00-\u9FFF'
                    '\U0001B000-\U0001B16F\U00020000-\U0003FFFF]' as without_spaces),
    run as (
        select word, word ~ ('^' || without_spaces) as has_no_spaces
        from folded, script, regexp_split_to_table(
            regexp_replace(folded.text, '(' || without_spaces || '+)', E' \\1 ', 'g'), '[^[:alnum:]]+') as word)
    select array(
        select left(word, 64) from run where word <> '' and not has_no_spaces
        union all
        select piece.word
        from run, lateral (
            select sign || coalesce(lead(sign, 1) over reading, '') || coalesce(lead(sign, 2) over reading, '') as word
            from unnest(string_to_array(run.word, null)) with ordinality as signs (sign, place)
            window reading as (order by place)) as piece
        where has_no_spaces);
end;

-- The same words, as an index has them. Most texts are plain words, which the database's own parser reads in the same way
-- and a few times faster.
create function search_vector(typed text) returns tsvector
    language sql immutable strict parallel safe
    return case
        when length(typed) < 2000 and typed !~ E'[^A-Za-z0-9 .:,;!?''"()\n]|[.:][^ \n]|[0-9][A-Za-z]' collate "C"
        then to_tsvector('simple', typed)
        else array_to_tsvector(search_words(typed))
        end;

-- Finds the texts that have, for each word of what was typed, one that begins with it. Of very many words the longest
-- ones count. Null if nothing that was typed is a letter or a digit.
create function search_query(typed text) returns tsquery
    language sql immutable strict parallel safe
begin atomic
    select string_agg('''' || word || ''':*', ' & ')::tsquery
    from (
        select distinct word, length(word) as length from unnest(search_words(typed)) as word
        order by length desc, word limit 20) as longest;
end;

-- The generated column costs every write as much as the new index, and nothing of this release reads it. It stays for nodes
-- of the release before, which find by words what was there before this migration; the next release drops it.
alter table incidents alter column search drop expression;
alter table incidents alter column search drop not null;
