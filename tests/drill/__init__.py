"""What happens when things go wrong, or take long: by hand (`make drill`), on loopback alone."""
