"""An article's text in; people, roles, organisations, services, policies, figures, quotes, positions and stories out."""
