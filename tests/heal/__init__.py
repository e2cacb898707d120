"""Ugly lists of communes, drawn by a seed, whose truth is known: what proves the repairs."""
