"""The routes of the API, one file per resource.

Routes are `async` although they await nothing. All of them run in one thread (`app.http.render_thread`), since SQLite
takes microseconds, and several threads would contend for the GIL at each row.
"""
