-- What is known of a repository at a time is what was told last before it; before the first word, what that one says.
with told as (
  select
    org_id,
    coalesce((data ->> 'repository_id'), subject) as repository_id,
    (data ->> 'project_id') as project_id,
    (data ->> 'language') as language,
    (data ->> 'framework') as framework,
    (data ->> 'classification') as classification,
    event_time,
    received_at,
    event_id,
    coalesce(stored_at, received_at) as stored_at
  from {{ref "stg_rare_events"}}
  where event_type = 'org.repository.changed'
    and (not coalesce(cast((data ->> 'deleted') as boolean), false) or (data ->> 'project_id') is not null)
),
changes as (
  select
    told.*,
    row_number() over history as place,
    lag(project_id) over history as project_before,
    lag(language) over history as language_before,
    lag(framework) over history as framework_before,
    lag(classification) over history as classification_before
  from told
  window history as (partition by org_id, repository_id order by event_time, received_at, event_id)
)
select
  org_id,
  repository_id,
  project_id,
  language,
  framework,
  classification,
  case when place = 1 then timestamp '1970-01-01 00:00:00' else event_time end as valid_from,
  coalesce(
    lead(event_time) over (partition by org_id, repository_id order by place),
    timestamp '9999-01-01 00:00:00'
  ) as valid_to,
  stored_at
from changes
where place = 1
  or project_id is distinct from project_before
  or language is distinct from language_before
  or framework is distinct from framework_before
  or classification is distinct from classification_before
