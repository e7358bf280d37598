"""Write content as web pages.

`pages.py` names the template of each type of content; `environment.py` has the filters that templates use.
"""

from app.representations.html.pages import render as render
