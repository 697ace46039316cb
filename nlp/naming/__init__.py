"""Where people, bodies, roles, policies and amounts are named: the shapes and phrases behind the components."""
