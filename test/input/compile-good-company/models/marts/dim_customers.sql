select org_id, customer_id, customer_name, email, country_code from {{source "raw" "customers"}}
