"""Hostile and broken files, made by code, and what the portal must say to each."""
