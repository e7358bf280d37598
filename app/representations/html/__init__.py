"""Write content as web pages.

`pages.py` names the template of each type of content; `environment.py` has what templates can use.
"""

from app.representations.html.pages import ProblemPage as ProblemPage
from app.representations.html.pages import render as render
from app.representations.html.pages import render_problem as render_problem
