"""Regions learn from each other by signed packages of releases; a network room is made of them."""
