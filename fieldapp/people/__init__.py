"""Who signs in: people, mandates, memberships, sessions."""
