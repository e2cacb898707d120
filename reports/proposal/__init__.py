"""Who goes to which class so that a ratio rises most: proposed, explained, overruled at will."""
