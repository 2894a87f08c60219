-- What is known of a repository at a time is what was told last before it; before the first word, what that one says.
with changes as (
  select
    org_id,
    repository_id,
    project_id,
    language,
    framework,
    classification,
    changed_at,
    stored_at,
    row_number() over history as place,
    lag(project_id) over history as project_before,
    lag(language) over history as language_before,
    lag(framework) over history as framework_before,
    lag(classification) over history as classification_before
  from {{ref "stg_repository_changes"}}
  -- Of one that is gone the last project is kept.
  where not deleted or project_id is not null
  window history as (partition by org_id, repository_id order by changed_at, received_at, event_id)
),
spans as (
  select
    org_id,
    repository_id,
    project_id,
    language,
    framework,
    classification,
    case when place = 1 then timestamp '1970-01-01 00:00:00' else changed_at end as valid_from,
    coalesce(
      lead(changed_at) over (partition by org_id, repository_id order by place),
      timestamp '9999-01-01 00:00:00'
    ) as valid_to,
    stored_at
  from changes
  where place = 1
    or project_id is distinct from project_before
    or language is distinct from language_before
    or framework is distinct from framework_before
    or classification is distinct from classification_before
)
select spans.*
from spans
-- Of several changes at one time the last one counts.
where valid_from < valid_to
