"""Files that leave the room: each carries its definition, its release and its marks."""
