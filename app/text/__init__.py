"""Editions, quotations, mentions and fragments of texts; nothing here reads the store."""
