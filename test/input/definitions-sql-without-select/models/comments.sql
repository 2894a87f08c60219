-- to be written
/* select 1 */
{{!-- later --}}
