select {{/if}}
