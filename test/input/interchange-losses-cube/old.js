cube('old', { sql_table: 'bank.old' })
