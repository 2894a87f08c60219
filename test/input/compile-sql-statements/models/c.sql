select 'open as id
