"""Tilannehuone: protected area-level trends for those who lead children's services."""
