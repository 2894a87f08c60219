-- by agent_status
-- a1 is u1's; a2 lost its owner on the 17th; a3 is suspended, and u3 left on the 19th; a4 is retired.
select 'active' as agent_status, 2 as registered_agents, 1 as orphaned_agents
union all
select 'suspended', 1, 1
union all
select 'retired', 0, 0
