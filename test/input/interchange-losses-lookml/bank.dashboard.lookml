---
- dashboard: accounts_overview
  title: Accounts
  layout: newspaper
  elements:
    - title: Balance
      name: balance
      type: single_value
- dashboard: branches_overview
  title: Branches
