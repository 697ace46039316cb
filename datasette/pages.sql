-- What pages and pictures show, counted in advance, so that no page ever scans a big table. Applied after views.sql, on
-- its connection, on every publish; running it twice gives the same. References are for the labels that Datasette shows.

drop table if exists attention_by_month;
create table attention_by_month (
  entity_kind text not null,
  entity_id integer not null,
  month text not null,
  articles integer,
  stories integer,
  outlets integer,
  primary key (entity_kind, entity_id, month)
) without rowid;
insert into attention_by_month
select
  entity_kind, entity_id, substr(date, 1, 7), count(*), count(distinct coalesce(story_id, -article_id)),
  count(distinct source_id)
from named_in
where date is not null
group by 1, 2, 3;

drop table if exists positions_by_month;
create table positions_by_month (
  policy_id integer not null references policies (id),
  month text not null,
  support integer,
  oppose integer,
  mixed integer,
  primary key (policy_id, month)
) without rowid;
insert into positions_by_month
select policy_id, substr(date, 1, 7), sum(support), sum(oppose), sum(mixed)
from counted_positions
where policy_id is not null and date is not null
group by 1, 2;

-- Something said counts once in each month, in however many papers.
drop table if exists quotes_by_month;
create table quotes_by_month (
  person_id integer not null references people (id),
  month text not null,
  quotes integer,
  outlets integer,
  primary key (person_id, month)
) without rowid;
insert into quotes_by_month
select person_id, substr(date, 1, 7), count(distinct said), count(distinct source_id)
from counted_quotes
where person_id is not null and date is not null
group by 1, 2;

drop table if exists coverage_by_month;
create table coverage_by_month (
  source_id text not null references sources (id),
  month text not null,
  articles integer,
  quotes integer,
  primary key (source_id, month)
) without rowid;
insert into coverage_by_month
select c.source_id, substr(c.date, 1, 7), count(*), coalesce(sum(q.quotes), 0)
from current_articles c
left join (select article_id, count(*) as quotes from quotes_in_context group by article_id) q
  on q.article_id = c.article_id
where c.date is not null
group by 1, 2;

drop table if exists copies_by_source;
create table copies_by_source (
  source_id text not null references sources (id),
  relation text not null,
  articles integer,
  primary key (source_id, relation)
) without rowid;
insert into copies_by_source
select source_id, relation, count(*) from current_articles where relation is not null group by source_id, relation;

drop table if exists people_by_outlet;
create table people_by_outlet (
  person_id integer not null references people (id),
  source_id text not null references sources (id),
  quotes integer,
  articles integer,
  first_quoted text,
  last_quoted text,
  primary key (person_id, source_id)
) without rowid;
insert into people_by_outlet
select person_id, source_id, count(*), count(distinct article_id), min(date), max(date)
from quotes_in_context
where person_id is not null
group by person_id, source_id;
create index people_by_outlet_source on people_by_outlet (source_id, quotes);

-- Two people are quoted together when one article quotes both; each pair is here from both sides.
drop table if exists people_quoted_together;
create table people_quoted_together (
  person_id integer not null references people (id),
  other_person_id integer not null references people (id),
  articles integer,
  stories integer,
  primary key (person_id, other_person_id)
) without rowid;
insert into people_quoted_together
with speakers as materialized (
  select distinct article_id, person_id, told_in from counted_quotes where person_id is not null order by article_id
)
select one.person_id, other.person_id, count(*), count(distinct one.told_in)
from speakers one
join speakers other on other.article_id = one.article_id and other.person_id <> one.person_id
group by one.person_id, other.person_id;
create index people_quoted_together_articles on people_quoted_together (person_id, articles);
create index people_quoted_together_other on people_quoted_together (other_person_id);

drop table if exists policies_and_services;
create table policies_and_services (
  policy_id integer not null references policies (id),
  service_id integer not null references services (id),
  articles integer,
  stories integer,
  primary key (policy_id, service_id)
) without rowid;
insert into policies_and_services
select p.entity_id, s.entity_id, count(*), count(distinct coalesce(p.story_id, -p.article_id))
from named_in p
join named_in s indexed by named_in_article on s.article_id = p.article_id and s.entity_kind = 'service'
where p.entity_kind = 'policy'
group by p.entity_id, s.entity_id;
create index policies_and_services_service on policies_and_services (service_id, articles);

-- Congruence and conflict between the 200 actors with positions on the most policies: on how many they agree, and not.
drop table if exists actors_compared;
create table actors_compared (
  actor text,
  other_actor text,
  agree integer,
  disagree integer,
  actor_key text not null,
  other_key text not null,
  primary key (actor_key, other_key)
) without rowid;
insert into actors_compared
with sides as materialized (
  select
    key, min(actor) over (partition by key) as actor, policy_id, (balance > 0) - (balance < 0) as side, stories
  from (
    select *, coalesce('person/' || person_id, 'organisation/' || organisation_id, 'name/' || lower(actor)) as key
    from actor_policy
    where policy_id is not null and balance <> 0
  )
),
busiest as materialized (
  select key from sides group by key order by count(*) desc, sum(stories) desc, key limit 200
)
select
  one.actor, other.actor, sum(one.side = other.side), sum(one.side <> other.side), one.key, other.key
from sides one
join sides other on other.policy_id = one.policy_id and other.key > one.key
where one.key in (select key from busiest) and other.key in (select key from busiest)
group by one.key, other.key;

create index if not exists quotes_in_context_utterance on quotes_in_context (utterance_id, date);
create index if not exists quotes_in_context_version on quotes_in_context (version_id, start);
create index if not exists positions_by_policy_in_story on positions_by_policy (policy_id, story_id);
create index if not exists current_articles_searched on current_articles (version_id, article_id, source_id, date);
create index if not exists captures_final_url on captures (final_url);
create index if not exists utterances_outlets on utterances (outlets desc, id);
create index if not exists people_quoted_order on people_quoted (quotes desc, articles desc, person);
create index if not exists policies_debated_order on policies_debated ((support + oppose + mixed) desc, articles desc, policy);
create index if not exists policies_debated_articles on policies_debated (articles);
create index if not exists services_talked_about_articles on services_talked_about (articles);
