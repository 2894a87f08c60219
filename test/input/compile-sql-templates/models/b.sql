select 1 as id
{{#if full}} where 1 = 1 {{/if}}
{{#each days}} x {{/each}}
