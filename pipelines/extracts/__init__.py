"""Reading delivered files: what they are, where their rows stand, and what each cell means."""
