"""Who a visitor is and what the visitor may do: people, roles, workspaces, and which connections are served at all.

Nothing here knows Streamlit: the pages, the routes and the look-ups ask for a `Person`.
"""

from components.access.people import LOCAL_PERSON, Claims, PeopleList, Person
from components.access.workspaces import SeveralWorkspaces, parse_workspaces, workspace_of

__all__ = [
    "LOCAL_PERSON",
    "Claims",
    "PeopleList",
    "Person",
    "SeveralWorkspaces",
    "parse_workspaces",
    "workspace_of",
]
