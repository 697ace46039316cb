-- What the published copy adds to the tables: views, a few tables counted in advance, and covering indexes.
-- Applied to a fresh copy on every publish; running it twice gives the same. Only the current version of an article
-- counts anywhere here, also when its publisher no longer has it (pubstatus says so): what was said stays said. Old
-- versions, what was withdrawn and what moved to another address stay in their own tables.

-- Of the lists of office holders, what they say of people whom an article names is published, and no more.
delete from people where id in (select person_id from memberships where list_id is not null)
  and id not in (select entity_id from mentions where entity_kind = 'person')
  and id not in (select person_id from memberships where list_id is null and person_id is not null)
  and id not in (select person_id from quotes where person_id is not null)
  and id not in (select person_id from settled where person_id is not null)
  and id not in (select person_id from merges union select into_id from merges);
delete from memberships where list_id is not null and person_id not in (select id from people);
delete from posts where id not in (select post_id from memberships where post_id is not null);
delete from organisations where kind is null
  and id not in (select entity_id from mentions where entity_kind = 'organisation')
  and id not in (select organisation_id from memberships where organisation_id is not null)
  and id not in (select organisation_id from settled where organisation_id is not null);

-- A table, because every page and every count reads it.
drop table if exists current_articles;
create table current_articles (
  article_id integer primary key,
  date text,
  headline text,
  outlet text,
  outlet_kind text,
  byline text,
  agency text,
  words integer,
  version_no integer,
  url text,
  published_at text,
  first_seen_at text,
  source_id text,
  story_id integer,
  relation text,
  version_id integer,
  pubstatus text
);
insert into current_articles
select
  a.id, substr(a.published_at, 1, 10), v.headline, s.name, s.kind, v.byline, a.agency, r.words, v.version_no,
  a.canonical_url, a.published_at, a.first_seen_at, a.source_id, m.story_id, m.relation, v.id,
  a.pubstatus
from article_versions v
join articles a on a.id = v.article_id and a.current_version_id = v.id and a.pubstatus in ('usable', 'gone')
join sources s on s.id = a.source_id
left join readings r on r.version_id = v.id
left join story_members m on m.article_id = a.id;
create unique index current_articles_version on current_articles (version_id);
create index current_articles_date on current_articles (date desc, article_id);
create index current_articles_source on current_articles (source_id, date);
create index current_articles_story on current_articles (story_id, date);
create index current_articles_first_seen on current_articles (first_seen_at);
create index current_articles_outlet_agency on current_articles (outlet, agency);
create index current_articles_agency_outlet on current_articles (agency, outlet);

-- Quotes and positions as they count: as they were read, or as reviewers settled them, without those that they rejected.
-- For this script alone; the tables quotes and positions stay as they were read.
drop view if exists temp.standing_quotes;
create temp view standing_quotes as
select
  q.id, q.version_id, q.kind, q.utterance_id, s.reviewed,
  iif(s.id is null, q.content, s.content) as content,
  iif(s.id is null, q.speaker, s.speaker) as speaker,
  iif(s.id is null, q.speaker_type, s.speaker_type) as speaker_type,
  iif(s.id is null, q.person_id, s.person_id) as person_id,
  iif(s.id is null, q.organisation_id, s.organisation_id) as organisation_id,
  iif(s.id is null, q.role_as_stated, s.role_as_stated) as role_as_stated,
  iif(s.id is null, q.confidence, s.confidence) as confidence,
  iif(s.id is null, q.speaker_confidence, s.speaker_confidence) as speaker_confidence
from quotes q
left join settled s on s.quote_id = q.id
where s.id is null or s.counts;
drop view if exists temp.standing_positions;
create temp view standing_positions as
select
  x.version_id, x.holder, x.holder_type, x.person_id, x.organisation_id, x.policy_id, x.target, x.evidence, x.quote_id,
  coalesce(s.stance, x.stance) as stance, coalesce(s.confidence, x.confidence) as confidence, s.reviewed,
  coalesce('policy/' || x.policy_id, 'target/' || lower(x.target)) as policy_key,
  coalesce('person/' || x.person_id, 'organisation/' || x.organisation_id, 'name/' || lower(x.holder)) as actor_key
from positions x
left join settled s on s.position_id = x.id
where s.id is null or s.counts;

-- A table, because it is the one that people facet and sort: each pair of its facets has a covering index,
-- with the date, because people count within a period.
drop table if exists quotes_in_context;
create table quotes_in_context (
  quote_id integer primary key,
  date text,
  speaker text,
  role_as_stated text,
  kind text,
  content text,
  headline text,
  outlet text,
  url text,
  speaker_type text,
  confidence real,
  speaker_confidence real,
  article_id integer,
  person_id integer,
  organisation_id integer,
  story_id integer,
  utterance_id integer,
  source_id text,
  version_id integer,
  start integer,
  pubstatus text,
  reviewed text
);
insert into quotes_in_context
select
  q.id, c.date, q.speaker, q.role_as_stated, q.kind, q.content, c.headline, c.outlet, c.url, q.speaker_type,
  q.confidence, q.speaker_confidence, c.article_id, q.person_id, q.organisation_id, c.story_id, q.utterance_id,
  c.source_id, q.version_id,
  (select min(qs.start) from quote_spans qs where qs.quote_id = q.id and qs.part = 'content'),
  c.pubstatus, q.reviewed
from standing_quotes q
join current_articles c on c.version_id = q.version_id;
create index quotes_in_context_date on quotes_in_context (date desc, quote_id);
create index quotes_in_context_kind_date on quotes_in_context (kind, date desc, quote_id);
create index quotes_in_context_outlet_date on quotes_in_context (outlet, date desc, quote_id);
create index quotes_in_context_speaker_date on quotes_in_context (speaker, date desc, quote_id);
create index quotes_in_context_article on quotes_in_context (article_id, start);
create index quotes_in_context_person on quotes_in_context (person_id, date);
create index quotes_in_context_person_version on quotes_in_context (person_id, version_id);
create index quotes_in_context_organisation on quotes_in_context (organisation_id, date);
create index quotes_in_context_organisation_version on quotes_in_context (organisation_id, version_id);
create index quotes_in_context_searched on quotes_in_context (quote_id, source_id, kind, date);
create index quotes_in_context_source on quotes_in_context (source_id, version_id);
create index quotes_in_context_story on quotes_in_context (story_id, utterance_id);
create index quotes_in_context_kind_outlet on quotes_in_context (kind, outlet, date);
create index quotes_in_context_kind_speaker on quotes_in_context (kind, speaker, date);
create index quotes_in_context_outlet_kind on quotes_in_context (outlet, kind, date);
create index quotes_in_context_outlet_speaker on quotes_in_context (outlet, speaker, date);
create index quotes_in_context_speaker_kind on quotes_in_context (speaker, kind, date);
create index quotes_in_context_speaker_outlet on quotes_in_context (speaker, outlet, date);

-- What the tables below count: a thing said once a story, in however many papers. `said` is the thing, `told_in` the story
-- (a quote or an article that stands alone counts as one). For this script and pages.sql alone.
drop view if exists temp.counted_quotes;
create temp view counted_quotes as
select *, coalesce(utterance_id, -quote_id) as said, coalesce(story_id, -article_id) as told_in from quotes_in_context;

-- An utterance of which a quote was reviewed has the speaker whom reviewers named, and counts what is left of it.
update utterances set
  (speaker, person_id, organisation_id) = (
    select c.speaker, c.person_id, c.organisation_id from quotes_in_context c where c.utterance_id = utterances.id
    order by c.reviewed is null, length(c.content) desc, c.quote_id limit 1)
where id in (select utterance_id from quotes_in_context where reviewed is not null);
update utterances set
  occurrences = (select count(*) from quotes_in_context c where c.utterance_id = utterances.id),
  outlets = (select count(distinct c.source_id) from quotes_in_context c where c.utterance_id = utterances.id)
where id in (select q.utterance_id from settled s join quotes q on q.id = s.quote_id);

-- What is named inside the words of a quote, and the policies that a position resting on it is about.
drop table if exists quote_topics;
create table quote_topics (
  entity_kind text not null,
  entity_id integer not null,
  quote_id integer not null,
  date text,
  primary key (entity_kind, entity_id, quote_id)
) without rowid;
insert or ignore into quote_topics
select m.entity_kind, m.entity_id, c.quote_id, c.date
from quotes_in_context c
join quote_spans qs on qs.quote_id = c.quote_id and qs.part = 'content'
join mentions m on m.version_id = c.version_id and m.start >= qs.start and m."end" <= qs."end";
insert or ignore into quote_topics
select 'policy', x.policy_id, x.quote_id, c.date
from standing_positions x
join quotes_in_context c on c.quote_id = x.quote_id
where x.policy_id is not null;
create index quote_topics_quote on quote_topics (quote_id);
create index quote_topics_date on quote_topics (entity_kind, entity_id, date);

-- One row per person, utterance and STORY: what forty papers ran of a wire story counts once. Of the copies the row
-- shows the one with the fullest words.
drop table if exists quotes_by_person;
create table quotes_by_person (
  person text,
  date text,
  role_as_stated text,
  kind text,
  content text,
  articles integer,
  outlets integer,
  headline text,
  outlet text,
  url text,
  confidence real,
  speaker_confidence real,
  person_id integer,
  quote_id integer,
  article_id integer,
  story_id integer,
  utterance_id integer,
  pubstatus text,
  reviewed text
);
insert into quotes_by_person
select
  person, date, role_as_stated, kind, content, articles, outlets, headline, outlet, url, confidence,
  speaker_confidence, person_id, quote_id, article_id, story_id, utterance_id, pubstatus, reviewed
from (
  select
    p.name as person, min(c.date) as date, c.role_as_stated, c.kind, c.content, max(length(c.content)) as fullest,
    count(distinct c.article_id) as articles, count(distinct c.source_id) as outlets, c.headline, c.outlet, c.url,
    c.confidence, c.speaker_confidence, c.person_id, c.quote_id, c.article_id, c.story_id, c.utterance_id,
    c.pubstatus, c.reviewed
  from counted_quotes c
  join people p on p.id = c.person_id
  group by c.person_id, c.said, c.told_in
);
create index quotes_by_person_person on quotes_by_person (person_id, date);
create index quotes_by_person_date on quotes_by_person (date);
create index quotes_by_person_person_outlet on quotes_by_person (person, outlet);
create index quotes_by_person_outlet_person on quotes_by_person (outlet, person);

-- One row per actor, policy, stance and STORY: a wire story that ran in forty papers counts once. Of the copies, the
-- row shows the one with the surest evidence (SQLite takes the bare columns from the row that holds the maximum).
drop table if exists positions_by_policy;
create table positions_by_policy (
  policy text,
  stance text,
  actor text,
  holder_type text,
  date text,
  evidence text,
  confidence real,
  articles integer,
  outlets integer,
  headline text,
  outlet text,
  url text,
  policy_id integer,
  person_id integer,
  organisation_id integer,
  story_id integer,
  article_id integer,
  quote_id integer,
  pubstatus text,
  reviewed text
);
insert into positions_by_policy
select
  coalesce(p.name, x.target) as policy,
  x.stance,
  x.holder as actor,
  x.holder_type,
  min(c.date) as date,
  x.evidence,
  max(x.confidence) as confidence,
  count(distinct c.article_id) as articles,
  count(distinct c.source_id) as outlets,
  c.headline,
  c.outlet,
  c.url,
  x.policy_id,
  x.person_id,
  x.organisation_id,
  c.story_id,
  c.article_id,
  x.quote_id,
  c.pubstatus,
  x.reviewed
from standing_positions x
join current_articles c on c.version_id = x.version_id
left join policies p on p.id = x.policy_id
group by policy_key, actor_key, x.stance, coalesce(c.story_id, -c.article_id);
create index positions_by_policy_policy on positions_by_policy (policy_id, date);
create index positions_by_policy_person on positions_by_policy (person_id, date);
create index positions_by_policy_organisation on positions_by_policy (organisation_id, date);
create index positions_by_policy_story on positions_by_policy (story_id);
create index positions_by_policy_date on positions_by_policy (date);
create index positions_by_policy_stance_policy on positions_by_policy (stance, policy);
create index positions_by_policy_stance_holder on positions_by_policy (stance, holder_type);
create index positions_by_policy_policy_stance on positions_by_policy (policy, stance);
create index positions_by_policy_policy_holder on positions_by_policy (policy, holder_type);
create index positions_by_policy_holder_stance on positions_by_policy (holder_type, stance);
create index positions_by_policy_holder_policy on positions_by_policy (holder_type, policy);

-- What tells actors of one name apart, and policies; for this script and pages.sql alone.
drop view if exists temp.counted_positions;
create temp view counted_positions as
select
  *, coalesce('policy/' || policy_id, 'target/' || lower(policy)) as policy_key,
  coalesce('person/' || person_id, 'organisation/' || organisation_id, 'name/' || lower(actor)) as actor_key,
  stance = 'support' as support, stance = 'oppose' as oppose, stance = 'mixed' as mixed
from positions_by_policy;

drop table if exists actor_policy;
create table actor_policy (
  actor text,
  policy text,
  support integer,
  oppose integer,
  mixed integer,
  stories integer,
  balance real,
  first_date text,
  last_date text,
  holder_type text,
  person_id integer,
  organisation_id integer,
  policy_id integer
);
insert into actor_policy
select
  actor,
  policy,
  sum(support),
  sum(oppose),
  sum(mixed),
  count(distinct coalesce(story_id, -article_id)) as stories,
  round((sum(support) - sum(oppose)) * 1.0 / count(*), 2) as balance,
  min(date) as first_date,
  max(date) as last_date,
  holder_type,
  person_id,
  organisation_id,
  policy_id
from counted_positions
group by policy_key, actor_key;
create index actor_policy_stories on actor_policy (stories);
create index actor_policy_policy on actor_policy (policy_id);
create index actor_policy_person on actor_policy (person_id);

drop view if exists story_copies;
create view story_copies as
select
  st.headline as story,
  c.outlet,
  c.date,
  c.headline,
  m.relation,
  round(m.containment, 3) as containment,
  round(m.origin_containment, 3) as origin_containment,
  round(m.jaccard, 3) as jaccard,
  c.agency,
  c.words,
  (select count(*) from quotes_in_context q where q.article_id = c.article_id) as quotes,
  c.url,
  m.decided_by,
  m.story_id,
  c.article_id,
  c.source_id,
  c.pubstatus
from story_members m
join stories st on st.id = m.story_id
join current_articles c on c.article_id = m.article_id;

drop table if exists people_by_role;
create table people_by_role (
  role text,
  person text,
  organisation text,
  first_stated text,
  last_stated text,
  articles integer,
  as_stated text,
  person_id integer,
  organisation_id integer,
  post_id integer
);
insert into people_by_role
select
  coalesce(po.label, m.role_as_stated) as role,
  p.name as person,
  o.name as organisation,
  min(m.stated_on) as first_stated,
  max(m.stated_on) as last_stated,
  count(distinct c.article_id) as articles,
  group_concat(distinct m.role_as_stated) as as_stated,
  m.person_id,
  m.organisation_id,
  m.post_id
from memberships m
join people p on p.id = m.person_id
join current_articles c on c.version_id = m.version_id
left join posts po on po.id = m.post_id
left join organisations o on o.id = m.organisation_id
group by m.person_id, m.post_id, iif(m.post_id is null, lower(m.role_as_stated), ''), m.organisation_id;
create index people_by_role_person on people_by_role (person_id, last_stated);
create index people_by_role_body on people_by_role (organisation_id, last_stated);
create index people_by_role_last_stated on people_by_role (last_stated);
create index people_by_role_role on people_by_role (role, organisation);
create index people_by_role_organisation on people_by_role (organisation, role);

drop view if exists changed_articles;
create view changed_articles as
select
  c.headline,
  c.outlet,
  c.date,
  c.version_no as versions,
  f.seen_at as first_version_at,
  v.seen_at as last_change_at,
  f.headline as first_headline,
  f.headline <> v.headline as headline_changed,
  length(v.body) - length(f.body) as characters_added,
  c.url,
  c.article_id,
  c.source_id
from current_articles c
join article_versions v on v.id = c.version_id
join article_versions f on f.article_id = c.article_id and f.version_no = 1
where c.version_no > 1;

drop table if exists coverage_by_source;
create table coverage_by_source (
  source_id text primary key,
  articles integer,
  changed integer,
  gone integer,
  quotes integer,
  people_quoted integer,
  first_date text,
  last_date text
);
insert into coverage_by_source
select
  s.id, coalesce(c.articles, 0), coalesce(c.changed, 0), coalesce(c.gone, 0), coalesce(q.quotes, 0), coalesce(q.people, 0),
  c.first_date, c.last_date
from sources s
left join (
  select source_id, count(*) as articles, sum(version_no > 1) as changed, sum(pubstatus = 'gone') as gone,
    min(date) as first_date, max(date) as last_date
  from current_articles group by source_id
) c on c.source_id = s.id
left join (
  select source_id, count(*) as quotes, count(distinct person_id) as people from quotes_in_context group by source_id
) q on q.source_id = s.id;

drop view if exists source_health;
create view source_health as
select
  s.name as source,
  s.kind,
  s.status,
  s.failures,
  s.last_success_at,
  s.next_check_at,
  (select count(*) from crawls k where k.source_id = s.id) as crawls,
  l.finished_at as last_crawl_at,
  l.finish_reason as last_crawl_ended,
  l.fetched as last_fetched,
  l.new as last_new,
  l.changed as last_changed,
  l.errors as last_errors,
  l.robots_blocked as last_robots_blocked,
  g.articles,
  g.quotes,
  g.last_date as newest_article,
  s.homepage,
  s.id as source_id
from sources s
left join crawls l on l.id = (select max(k.id) from crawls k where k.source_id = s.id)
left join coverage_by_source g on g.source_id = s.id;

drop table if exists people_quoted;
create table people_quoted (
  person_id integer primary key,
  person text,
  latest_role text,
  quotes integer,
  articles integer,
  outlets integer,
  first_quoted text,
  last_quoted text,
  support integer,
  oppose integer
);
insert into people_quoted
select
  p.id,
  p.name,
  (select coalesce(m.role_as_stated, po.label) from memberships m left join posts po on po.id = m.post_id
   where m.person_id = p.id order by m.stated_on desc, m.id desc limit 1),
  count(distinct q.said || ' in ' || q.told_in),
  count(distinct q.article_id),
  count(distinct q.source_id),
  min(q.date),
  max(q.date),
  coalesce(b.support, 0),
  coalesce(b.oppose, 0)
from people p
join counted_quotes q on q.person_id = p.id
left join (
  select person_id, sum(support) as support, sum(oppose) as oppose from counted_positions group by person_id
) b on b.person_id = p.id
group by p.id;
create index people_quoted_quotes on people_quoted (quotes);

-- Where each person, body, service, policy and event is named: an article once, however often it names them.
drop table if exists named_in;
create table named_in (
  entity_kind text not null,
  entity_id integer not null,
  date text,
  article_id integer not null references articles (id),
  source_id text,
  story_id integer,
  mentions integer
);
insert into named_in
select m.entity_kind, m.entity_id, c.date, c.article_id, c.source_id, c.story_id, count(*)
from current_articles c
join mentions m on m.version_id = c.version_id
group by m.entity_kind, m.entity_id, c.article_id;
create index named_in_entity on named_in (entity_kind, entity_id, date, article_id, source_id, story_id);
create index named_in_article on named_in (article_id, entity_kind);

-- For services_talked_about and policies_debated alone.
drop view if exists temp.named_altogether;
create temp view named_altogether as
select
  entity_kind, entity_id, count(*) as articles, count(distinct source_id) as outlets,
  count(distinct story_id) as stories, sum(mentions) as mentions, min(date) as first_date, max(date) as last_date
from named_in group by entity_kind, entity_id;
drop view if exists temp.said_altogether;
create temp view said_altogether as
select t.entity_kind, t.entity_id, count(distinct q.said || ' in ' || q.told_in) as quotes
from quote_topics t join counted_quotes q on q.quote_id = t.quote_id group by t.entity_kind, t.entity_id;

drop table if exists services_talked_about;
create table services_talked_about (
  service_id integer primary key,
  service text,
  kind text,
  articles integer,
  outlets integer,
  stories integer,
  mentions integer,
  quotes integer,
  first_date text,
  last_date text
);
insert into services_talked_about
select e.id, e.name, e.kind, n.articles, n.outlets, n.stories, n.mentions, coalesce(q.quotes, 0), n.first_date, n.last_date
from services e
join named_altogether n on n.entity_kind = 'service' and n.entity_id = e.id
left join said_altogether q on q.entity_kind = 'service' and q.entity_id = e.id;

drop table if exists policies_debated;
create table policies_debated (
  policy_id integer primary key,
  policy text,
  kind text,
  articles integer,
  outlets integer,
  stories integer,
  mentions integer,
  quotes integer,
  support integer,
  oppose integer,
  mixed integer,
  first_date text,
  last_date text
);
insert into policies_debated
select
  e.id, e.name, e.kind, coalesce(n.articles, 0), coalesce(n.outlets, 0), coalesce(n.stories, 0), coalesce(n.mentions, 0),
  coalesce(q.quotes, 0), coalesce(b.support, 0), coalesce(b.oppose, 0), coalesce(b.mixed, 0), n.first_date, n.last_date
from policies e
left join named_altogether n on n.entity_kind = 'policy' and n.entity_id = e.id
left join said_altogether q on q.entity_kind = 'policy' and q.entity_id = e.id
left join (
  select policy_id, sum(support) as support, sum(oppose) as oppose, sum(mixed) as mixed
  from counted_positions group by policy_id
) b on b.policy_id = e.id
where n.articles or e.id in (select policy_id from positions);

drop table if exists site_counts;
create table site_counts (what text primary key, how_many integer);
insert into site_counts
select 'sources', count(*) from sources
union all select 'articles', count(*) from current_articles
union all select 'versions', count(*) from article_versions
union all select 'stories', count(distinct story_id) from current_articles
union all select 'quotes', count(*) from quotes_in_context
union all select 'people', count(*) from people
union all select 'organisations', count(*) from organisations
union all select 'services', count(*) from services
union all select 'policies', count(*) from policies
union all select 'positions', count(*) from positions_by_policy;

-- Facets and look-ups of the tables as they come from the crawler and the reader.
create index if not exists articles_source_agency on articles (source_id, agency);
create index if not exists articles_agency_source on articles (agency, source_id);
create index if not exists articles_first_seen on articles (first_seen_at);
create index if not exists quotes_kind_speaker_type on quotes (kind, speaker_type);
create index if not exists quotes_speaker_type_kind on quotes (speaker_type, kind);
create index if not exists captures_outcome_source on captures (outcome, source_id);
create index if not exists captures_source_outcome on captures (source_id, outcome);
create index if not exists stories_first_published on stories (first_published_at);
create index if not exists mentions_kind_exact on mentions (entity_kind, exact);
