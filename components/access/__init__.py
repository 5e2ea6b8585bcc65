"""Who a visitor is and what the visitor may do: people, roles, workspaces, and which connections are served at all.

Nothing here knows Streamlit: the pages, the routes and the look-ups ask for a `Person`.
"""

from components.access.admission import AdmissionRules, LoginSession, NotAdmitted
from components.access.connections import Connection, ServingRules
from components.access.login_setup import IncompleteLogin, Login, read_login
from components.access.people import LOCAL_PERSON, Claims, PeopleList, Person
from components.access.workspaces import SeveralWorkspaces, parse_workspaces, workspace_of

__all__ = [
    "LOCAL_PERSON",
    "AdmissionRules",
    "Claims",
    "Connection",
    "IncompleteLogin",
    "Login",
    "LoginSession",
    "NotAdmitted",
    "PeopleList",
    "Person",
    "ServingRules",
    "SeveralWorkspaces",
    "parse_workspaces",
    "read_login",
    "workspace_of",
]
