"""Who may open what: every route of the portal, one module an app, each with a list ROUTES."""
