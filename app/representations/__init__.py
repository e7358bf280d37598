"""Formats other than JSON: functions from public schemas to documents."""
