"""The ledger: what was published, renamed, rolled back, withdrawn and restored, in order.

Entries are only appended. What the service reads, the read model in `app.store`, is made from them, at any time again.
The statements are plain SQL that any database understands. By default the ledger is in the SQLite file of the store; in
PostgreSQL, several hosts share it.
"""
